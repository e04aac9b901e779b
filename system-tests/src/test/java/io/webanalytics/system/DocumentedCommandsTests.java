package io.webanalytics.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks the commands that documents give developers for errors that Maven does not notice, such as the name of a missing test.
 * {@code .ci/commands} has Maven check the rest.
 */
class DocumentedCommandsTests {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final List<Path> DOCUMENTS = Stream.of(
                    "README.md",
                    "DEVELOPERS.md",
                    "docs/OPERATIONS.md",
                    "docs/RELIABILITY.md",
                    "benchmarks/README.md",
                    ".ci/run",
                    ".github/workflows/build.yml")
            .map(ROOT::resolve)
            .toList();

    private static final Pattern COMMAND = Pattern.compile("\\./mvnw [^`\n]*|benchmarks/run[^`\n|]*");

    /** Reads commands as a shell does: joins lines that end with a backslash, and replaces {@code $only} by its value. */
    private static List<String> commands(Path document) {
        String text = read(document).replaceAll("\\\\\n\\s*", "");
        List<String> only = find("(?m)^only=\"(.*)\"$", text);
        return COMMAND.matcher(text)
                .results()
                .map(found -> found.group().replaceAll(" #.*", ""))
                .map(command -> only.isEmpty() ? command : command.replace("$only", only.get(0)))
                .toList();
    }

    private static Stream<String> mavenCommands() {
        return DOCUMENTS.stream()
                .flatMap(document -> commands(document).stream())
                .filter(command -> command.startsWith("./mvnw"));
    }

    @Test
    void theyAreFound() {
        assertThat(mavenCommands())
                .hasSizeGreaterThan(10)
                .anyMatch(command -> command.contains("-Dit.test=CrashIT -Dcrash.faults=500"));
    }

    @Test
    void testsThatTheyNameAreThere() {
        mavenCommands()
                .forEach(command -> find("-D(?:it\\.)?test=(\\S+)", command).stream()
                        .flatMap(tests -> Stream.of(tests.replace("'", "").split(",")))
                        .map(test -> test.replaceAll("#.*", ""))
                        .filter(test -> !test.equals("None"))
                        .forEach(test -> assertThat(sources("test", "/" + test + ".java"))
                                .as(command)
                                .isNotEmpty()));
    }

    /** Maven fails on each module without such tests, unless an option allows that. */
    @Test
    void whatNamesTestsLetsModulesHaveNone() {
        mavenCommands().forEach(command -> {
            if (command.contains(" -Dtest=")) {
                assertThat(command).contains("-Dsurefire.failIfNoSpecifiedTests=false");
            }
            if (command.contains(" -Dit.test=")) {
                assertThat(command).contains("-Dfailsafe.failIfNoSpecifiedTests=false", " verify");
            }
        });
    }

    @Test
    void modulesThatTheyNameAreThere() {
        mavenCommands()
                .forEach(command -> find(" -pl (\\S+)", command).stream()
                        .flatMap(modules -> Stream.of(modules.split(",")))
                        .forEach(module -> assertThat(ROOT.resolve(module).resolve("pom.xml"))
                                .as(command)
                                .exists()));
    }

    @Test
    void propertiesThatTheyGiveAreRead() {
        mavenCommands()
                .flatMap(command -> find("-D((?:api|crash|hostile|oracle)\\.\\w+)=", command).stream())
                .distinct()
                .forEach(property -> assertThat(sources("test", ".java"))
                        .as("-D" + property)
                        .anyMatch(source -> read(source).contains('"' + property + '"')));
    }

    @Test
    void benchmarksHaveTheParametersThatTheirReadmeLists() {
        String readme = read(ROOT.resolve("benchmarks/README.md"));
        String source = String.join(
                "", sources("main", ".java").map(DocumentedCommandsTests::read).toList());

        assertThat(find("[ `]--([a-z][a-z.-]+)(?:=|`)", readme))
                .hasSizeGreaterThan(20)
                .allSatisfy(parameter -> assertThat(source).contains('"' + parameter + '"'));
    }

    /** Returns the first group of each match. */
    private static List<String> find(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static Stream<Path> sources(String kind, String end) {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules
                    .map(module -> module.resolve("src/" + kind + "/java"))
                    .filter(Files::isDirectory)
                    .toList()
                    .stream()
                    .flatMap(DocumentedCommandsTests::files)
                    .filter(file -> file.toString().endsWith(end));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
