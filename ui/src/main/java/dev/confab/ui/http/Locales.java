package dev.confab.ui.http;

import dev.confab.ui.component.Markup;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The languages of the page: those that it brings, and the author's own. A locale is a JSON file with the language's name,
 * its direction, and texts by their names; what it lacks is in English.
 */
final class Locales {
    private static final String ENGLISH = "en";
    private static final List<String> OWN = List.of(ENGLISH, "de");
    private static final String COOKIE = "confab-language";
    private static final Pattern TEXT = Pattern.compile("\\{\\{text\\.(\\w+)}}");

    private final Map<String, Path> files;
    private final List<String> codes;
    private final Map<String, ObjectNode> locales = new ConcurrentHashMap<>();

    /**
     * The page's own languages and others.
     *
     * @param files the author's locale files by their languages' codes
     */
    Locales(Map<String, Path> files) {
        this.files = files;
        Map<String, Boolean> all = new LinkedHashMap<>();
        OWN.forEach(code -> all.put(code, true));
        files.keySet().forEach(code -> all.put(code, true));
        codes = List.copyOf(all.keySet());
        files.keySet().forEach(this::locale);
    }

    /** The language for whoever asks: the one that was chosen on the page, or the first of the browser's that is there. */
    String choose(Context context) {
        String chosen = context.cookie(COOKIE);
        if (chosen != null && codes.contains(chosen)) {
            return chosen;
        }
        String accepted = context.header("Accept-Language");
        try {
            String found = accepted == null ? null : Locale.lookupTag(Locale.LanguageRange.parse(accepted), codes);
            return found == null ? ENGLISH : found;
        } catch (IllegalArgumentException e) {
            return ENGLISH; // the header is not one
        }
    }

    /** {@code ltr} or {@code rtl}. */
    String direction(String code) {
        return locale(code).path("direction").asString("ltr");
    }

    /** A text without places to fill in. */
    String text(String code, String name) {
        JsonNode text = locale(code).path("texts").path(name);
        if (!text.isString()) {
            throw new IllegalStateException("no locale has the text '" + name + "'");
        }
        return text.stringValue();
    }

    /** HTML with the texts that it names as <code>{{text.name}}</code>; other names stay. */
    String fill(String code, String html) {
        JsonNode texts = locale(code).path("texts");
        return TEXT.matcher(html)
                .replaceAll(match -> Matcher.quoteReplacement(
                        Markup.escape(texts.path(match.group(1)).asString(match.group()))));
    }

    /** What the page's scripts need: the texts of one language, and the list of all. */
    void send(Context context) {
        String code = choose(context);
        ObjectNode answer = Json.object().put("language", code);
        ArrayNode languages = answer.putArray("languages");
        codes.forEach(one -> languages
                .addObject()
                .put("code", one)
                .put("name", locale(one).path("language").asString(one)));
        answer.set("texts", locale(code).path("texts"));
        Json.send(context, answer);
    }

    private ObjectNode locale(String code) {
        return locales.computeIfAbsent(code, this::read);
    }

    private ObjectNode read(String code) {
        Path file = files.get(code);
        if (file == null) {
            return parse(PageFiles.text("locale/" + code + ".json"), "the page's locale " + code);
        }
        ObjectNode locale;
        try {
            locale = parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the locale " + file, e);
        }
        ObjectNode base = OWN.contains(code)
                ? parse(PageFiles.text("locale/" + code + ".json"), code)
                : locale(ENGLISH).deepCopy();
        check(base.path("texts"), locale.path("texts"), file, "");
        merge(base, locale);
        return base;
    }

    private static ObjectNode parse(String json, String where) {
        try {
            if (Json.parse(json) instanceof ObjectNode object
                    && object.path("texts").isObject()) {
                return object;
            }
        } catch (JacksonException e) {
            throw new IllegalStateException(where + " is not JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalStateException(where + " is not a locale, expected an object with 'language' and 'texts'");
    }

    private static void check(JsonNode known, JsonNode given, Path file, String path) {
        for (Map.Entry<String, JsonNode> text : given.properties()) {
            String name = path + text.getKey();
            JsonNode expected = known.path(text.getKey());
            if (expected.getNodeType() != text.getValue().getNodeType()) {
                throw new IllegalStateException(file + ": '" + name + "' is "
                        + (expected.isMissingNode() ? "no text of the page" : "not a " + expected.getNodeType())
                        + "; the names are those of en.json");
            }
            check(expected, text.getValue(), file, name + ".");
        }
    }

    private static void merge(ObjectNode base, ObjectNode more) {
        more.properties().forEach(entry -> {
            @Nullable JsonNode old = base.get(entry.getKey());
            if (old instanceof ObjectNode inner && entry.getValue() instanceof ObjectNode changes) {
                merge(inner, changes);
            } else {
                base.set(entry.getKey(), entry.getValue());
            }
        });
    }
}
