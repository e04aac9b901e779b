package io.webanalytics.service.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.core.annotation.Order;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/**
 * Refuses a path or an {@code Accept} that cannot be parsed, such as {@code /event;a=%zz}. Spring fails on them only
 * when it responds: the event would be taken, and its sender would get an error. Spring Security, too, fails on such a path, so
 * this comes first.
 */
@Order(SecurityFilterProperties.DEFAULT_FILTER_ORDER - 1)
final class UnreadableRequestFilter extends OncePerRequestFilter {

    private final HeaderContentNegotiationStrategy accept = new HeaderContentNegotiationStrategy();

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isReadable(request)) {
            chain.doFilter(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        }
    }

    private boolean isReadable(HttpServletRequest request) {
        try {
            UriUtils.decode(request.getRequestURI(), StandardCharsets.UTF_8);
            accept.resolveMediaTypes(new ServletWebRequest(request));
            return true;
        } catch (IllegalArgumentException | HttpMediaTypeNotAcceptableException e) {
            return false;
        }
    }
}
