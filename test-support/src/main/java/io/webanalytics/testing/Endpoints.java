package io.webanalytics.testing;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Finds all that Spring MVC responds to: controllers, the actuator, the API's description, files. */
public final class Endpoints {

    /** Where files of the class path would be. What is found nowhere else is looked for here, and is not there. */
    private static final String NOTHING = "/**";

    private static final String[] EVERY_METHOD =
            Stream.of(HttpMethod.values()).map(HttpMethod::name).toArray(String[]::new);

    private Endpoints() {}

    /**
     * A request that some handler takes.
     *
     * @param path a path that fits the handler's pattern
     */
    public record Endpoint(String method, String path) {}

    /** Returns a request for each method and pattern of each handler of a web application. */
    public static List<Endpoint> of(ListableBeanFactory application) {
        return application.getBeansOfType(HandlerMapping.class).values().stream()
                .flatMap(Endpoints::of)
                .distinct()
                .toList();
    }

    private static Stream<Endpoint> of(HandlerMapping mapping) {
        if (mapping instanceof RequestMappingInfoHandlerMapping controllers) {
            return controllers.getHandlerMethods().keySet().stream().flatMap(Endpoints::of);
        }
        if (mapping instanceof AbstractUrlHandlerMapping files) {
            return of(files.getHandlerMap().keySet(), "GET", "HEAD");
        }
        if (mapping instanceof RouterFunctionMapping functions && functions.getRouterFunction() == null) {
            return Stream.empty();
        }
        throw new IllegalStateException("unknown kind of endpoints: " + mapping);
    }

    private static Stream<Endpoint> of(RequestMappingInfo controller) {
        Set<String> methods = controller.getMethodsCondition().getMethods().stream()
                .map(RequestMethod::name)
                .collect(Collectors.toSet());
        if (methods.contains("GET")) {
            methods.add("HEAD"); // which Spring MVC responds to by itself
        }
        return of(controller.getPatternValues(), methods.isEmpty() ? EVERY_METHOD : methods.toArray(String[]::new));
    }

    private static Stream<Endpoint> of(Collection<String> patterns, String... methods) {
        return patterns.stream()
                .filter(pattern -> !pattern.equals(NOTHING))
                .map(pattern -> pattern.replaceAll("\\{\\*[^}]*}|\\*\\*", "a/b").replaceAll("\\{[^}]*}|\\*", "a"))
                .map(path -> path.startsWith("/") ? path : "/" + path)
                .flatMap(path -> Stream.of(methods).map(method -> new Endpoint(method, path)));
    }
}
