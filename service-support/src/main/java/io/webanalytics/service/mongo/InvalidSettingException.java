package io.webanalytics.service.mongo;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A setting is invalid. The service does not start, and says so in one sentence. */
final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String setting;

    InvalidSettingException(String setting, String rule) {
        super("The setting " + setting + " is invalid: " + rule);
        this.setting = setting;
    }

    static final class Analyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
            return new FailureAnalysis(String.valueOf(cause.getMessage()), "Correct " + cause.setting + ".", cause);
        }
    }
}
