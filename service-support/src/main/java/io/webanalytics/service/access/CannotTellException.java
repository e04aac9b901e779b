package io.webanalytics.service.access;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;

/** Whether a key or a login is valid cannot be told now. */
public final class CannotTellException extends AuthenticationServiceException {

    private static final long serialVersionUID = 1L;

    public CannotTellException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
