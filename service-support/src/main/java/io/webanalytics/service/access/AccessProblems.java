package io.webanalytics.service.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Has a service's own exception handler respond to a request that Spring Security refuses, as to any other failure. */
final class AccessProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final Guard guard;
    private final HandlerExceptionResolver problems;

    AccessProblems(Guard guard, HandlerExceptionResolver problems) {
        this.guard = guard;
        this.problems = problems;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e) {
        problems.resolveException(request, response, null, e);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e) {
        problems.resolveException(request, response, null, guard.refusal());
    }
}
