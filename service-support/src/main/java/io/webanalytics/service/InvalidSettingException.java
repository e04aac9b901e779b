package io.webanalytics.service;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A setting is invalid. The service does not start, and says so in one sentence. */
public final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String setting;

    /** @param rule what the setting must be, worded to follow its name */
    public InvalidSettingException(String setting, String rule) {
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
