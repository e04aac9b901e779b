package io.webanalytics.service.api;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springdoc.core.providers.SpringDocJavadocProvider;

/** Returns Javadoc without line breaks, and with links and code as Markdown code. */
final class JavadocWords extends SpringDocJavadocProvider {

    private static final Pattern LINK = Pattern.compile("\\{@link \\S+ ([^}]*)}");

    @Override
    public String getClassJavadoc(Class<?> declared) {
        return words(super.getClassJavadoc(declared));
    }

    @Override
    public String getMethodJavadocDescription(Method method) {
        return words(super.getMethodJavadocDescription(method));
    }

    @Override
    public String getParamJavadoc(Method method, String name) {
        String comment = super.getParamJavadoc(method, name);
        return comment == null ? "" : words(comment);
    }

    @Override
    public Map<String, String> getRecordClassParamJavadoc(Class<?> declared) {
        return super.getRecordClassParamJavadoc(declared).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, comment -> words(comment.getValue())));
    }

    private static String words(String comment) {
        return LINK.matcher(comment.replaceAll("\\s+", " "))
                .replaceAll("`$1`")
                .replaceAll("</?code>", "`")
                .strip();
    }
}
