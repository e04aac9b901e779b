package io.webanalytics.service.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Spring Security's strict firewall, without its checks of what is requested most: a {@code POST} to a path of senders. A path
 * that is written exactly so has nothing that the firewall could refuse. Its headers are compared with fixed forms only.
 */
final class SendersFirewall implements HttpFirewall {

    private final Set<String> paths;
    private final HttpFirewall strict = new StrictHttpFirewall();

    SendersFirewall(Set<String> paths) {
        this.paths = paths;
    }

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        return request.getMethod().equals("POST") && paths.contains(request.getRequestURI())
                ? new Unchecked(request)
                : strict.getFirewalledRequest(request);
    }

    @Override
    public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
        return strict.getFirewalledResponse(response);
    }

    private static final class Unchecked extends FirewalledRequest {

        Unchecked(HttpServletRequest request) {
            super(request);
        }

        @Override
        public void reset() {}
    }
}
