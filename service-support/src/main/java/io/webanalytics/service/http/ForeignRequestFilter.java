package io.webanalytics.service.http;

import io.webanalytics.sites.Access;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses requests of foreign pages that would change something (CSRF): the browser that a page runs in reaches this service, and
 * may have a login. The browser labels cross-site requests of a foreign page. But the page's owner may let its host name point
 * to this service (DNS rebinding). Then its requests look like our own, except for that name. They come without a login, so the
 * name matters only where access is open.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#origin-header">the header {@code Origin}</a>
 * @see <a href="https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header">the header {@code Sec-Fetch-Site}</a>
 */
final class ForeignRequestFilter extends OncePerRequestFilter {

    private static final Set<String> CHANGE_NOTHING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern IP_ADDRESS = Pattern.compile("\\[[0-9A-Fa-f:.]+]|\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern PORT = Pattern.compile(":\\d*$");

    private final String setting;
    private final Set<String> allowedHosts = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Access access;
    private final HandlerExceptionResolver problems;

    ForeignRequestFilter(AllowedHosts allowed, Access access, HandlerExceptionResolver problems) {
        this.setting = allowed.setting();
        this.allowedHosts.addAll(allowed.hosts());
        this.access = access;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String objection = CHANGE_NOTHING.contains(request.getMethod()) ? null : objection(request);
        if (objection == null) {
            chain.doFilter(request, response);
        } else {
            ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN, objection);
            problems.resolveException(
                    request, response, null, new ErrorResponseException(HttpStatus.FORBIDDEN, problem, null));
        }
    }

    private @Nullable String objection(HttpServletRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (access == Access.OPEN && host != null && !isOurs(PORT.matcher(host).replaceFirst(""))) {
            return "This host may not change anything here: see the setting " + setting + ".";
        }
        if (origin != null && !origin.equalsIgnoreCase("http://" + host) && !origin.equalsIgnoreCase("https://" + host)
                || "cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
            return "Pages of another origin may not change anything here.";
        }
        return null;
    }

    /** A name for DNS rebinding has a dot. Names without a dot are of this machine, or of a network of containers. */
    private boolean isOurs(String host) {
        return !host.contains(".") || IP_ADDRESS.matcher(host).matches() || allowedHosts.contains(host);
    }
}
