package io.webanalytics.service.access;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** A way to tell who sent a request. */
public interface Credentials {

    /** Whether a request has such credentials, be they right or wrong. */
    boolean areIn(HttpServletRequest request);

    /**
     * Returns the caller; null if the credentials are wrong.
     *
     * @throws CannotTellException if this cannot be told now
     */
    @Nullable
    Caller caller(HttpServletRequest request);
}
