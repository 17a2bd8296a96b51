package dev.confab.ui.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The files of the page, which lie beside this package in {@code page}, and its libraries, which lie in jars of their own. */
final class PageFiles {
    private static final String FOLDER = "/dev/confab/ui/page/";
    private static final String WEBJARS = "META-INF/resources/webjars/";

    /** Libraries by the names that the page knows them by: the jar's name, and the file in it. */
    private static final Map<String, Library> LIBRARIES = Map.of(
            "library/marked.js", new Library("marked", "lib/marked.esm.js"),
            "library/purify.js", new Library("dompurify", "dist/purify.min.js"));

    private static final Map<String, byte[]> READ = new ConcurrentHashMap<>();

    private record Library(String jar, String file) {
        /** Each jar says which version it is, and so where its files are. */
        String path() {
            String pom = "META-INF/maven/org.webjars.npm/" + jar + "/pom.properties";
            Properties properties = new Properties();
            try (InputStream in = PageFiles.class.getClassLoader().getResourceAsStream(pom)) {
                if (in == null) {
                    throw new IllegalStateException("the library " + jar + " is missing: there is no " + pom);
                }
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + pom, e);
            }
            return WEBJARS + jar + "/" + properties.getProperty("version") + "/" + file;
        }
    }

    private PageFiles() {}

    /** A file's content, which is not to be changed; null if there is none. */
    static byte @Nullable [] bytes(String name) {
        byte[] known = READ.get(name);
        if (known != null) {
            return known;
        }
        try (InputStream in = open(name)) {
            if (in == null) {
                return null;
            }
            byte[] content = in.readAllBytes();
            READ.put(name, content);
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the page's file " + name, e);
        }
    }

    /**
     * A text that is sure to be there.
     *
     * @throws IllegalStateException if it is not
     */
    static String text(String name) {
        byte[] content = bytes(name);
        if (content == null) {
            throw new IllegalStateException("the jar lacks " + FOLDER + name);
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    private static @Nullable InputStream open(String name) {
        Library library = LIBRARIES.get(name);
        return library == null
                ? PageFiles.class.getResourceAsStream(FOLDER + name)
                : PageFiles.class.getClassLoader().getResourceAsStream(library.path());
    }
}
