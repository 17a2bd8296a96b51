package dev.confab.skills;

import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A configuration of skills as it stands in a YAML file, where most of it may be left out. */
record SkillsFile(
        @Nullable Set<String> offline,
        @Nullable Set<String> network,
        @Nullable String place,
        @Nullable String contact,
        @Nullable Map<String, URI> addresses,
        @Nullable Integer timeoutSeconds,
        @Nullable List<HttpEntry> http,
        @Nullable List<McpEntry> mcp) {
    private static final long MOST_BYTES = 1 << 20;
    private static final int CACHE_SECONDS = 600;
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    record HttpEntry(
            @Nullable String name,
            @Nullable List<String> patterns,
            @Nullable List<String> examples,
            @Nullable String url,
            @Nullable Map<String, String> headers,
            @Nullable Map<String, String> values,
            @Nullable String answer,
            @Nullable String notFound,
            @Nullable Integer cacheSeconds) {
        HttpSkillConfig config() {
            return new HttpSkillConfig(
                    required(name, "name", "an entry of http"),
                    orEmpty(patterns),
                    orEmpty(examples),
                    required(url, "url", "skill '%s'".formatted(name)),
                    orEmpty(headers),
                    orEmpty(values),
                    required(answer, "answer", "skill '%s'".formatted(name)),
                    Objects.requireNonNullElse(notFound, "I couldn't find anything about that."),
                    Objects.requireNonNullElse(cacheSeconds, CACHE_SECONDS));
        }
    }

    record McpEntry(
            @Nullable String name,
            @Nullable List<String> command,
            @Nullable Map<String, String> environment,
            @Nullable String url,
            @Nullable Map<String, String> headers,
            @Nullable List<McpSkillEntry> skills) {
        McpServerConfig config() {
            return new McpServerConfig(
                    required(name, "name", "an entry of mcp"),
                    orEmpty(command),
                    orEmpty(environment),
                    Objects.requireNonNullElse(url, ""),
                    orEmpty(headers),
                    orEmpty(skills).stream().map(McpSkillEntry::config).toList());
        }
    }

    record McpSkillEntry(
            @Nullable String name,
            @Nullable String tool,
            @Nullable List<String> patterns,
            @Nullable List<String> examples,
            @Nullable Map<String, Object> arguments,
            @Nullable String answer) {
        McpSkillConfig config() {
            String called = required(name, "name", "a skill of an MCP server");
            return new McpSkillConfig(
                    called,
                    Objects.requireNonNullElse(tool, called),
                    orEmpty(patterns),
                    orEmpty(examples),
                    orEmpty(arguments),
                    Objects.requireNonNullElse(answer, "{text}"));
        }
    }

    static SkillsConfig read(Path file) throws IOException {
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw new ConfabException(
                        "it has %d bytes, expected at most %d; is it the right file?".formatted(size, MOST_BYTES));
            }
            String content = Files.readString(file);
            JsonNode tree = YAML.readTree(content);
            boolean empty = tree.isMissingNode() || tree.isNull();
            return empty
                    ? SkillsConfig.offlineOnly()
                    : YAML.readValue(content, SkillsFile.class).config();
        } catch (NoSuchFileException e) {
            throw new ConfabException(
                    "the configuration of skills %s does not exist; check the path".formatted(file), e);
        } catch (MalformedInputException e) {
            throw new ConfabException("%s is not in UTF-8; save it in that encoding".formatted(file), e);
        } catch (JacksonException e) {
            throw new ConfabException("%s, %s: %s".formatted(file, place(e), e.getOriginalMessage()), e);
        } catch (ConfabException e) {
            throw new ConfabException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static String place(JacksonException e) {
        return e.getLocation() == null || e.getLocation().getLineNr() <= 0
                ? "somewhere in it"
                : "line " + e.getLocation().getLineNr();
    }

    private SkillsConfig config() {
        SkillsConfig usual = SkillsConfig.offlineOnly();
        WebLimits limits = timeoutSeconds == null
                ? WebLimits.DEFAULT
                : WebLimits.DEFAULT.withTimeout(Duration.ofSeconds(timeoutSeconds));
        return new SkillsConfig(
                Objects.requireNonNullElse(offline, usual.offline()),
                Objects.requireNonNullElse(network, usual.network()),
                place,
                contact,
                orEmpty(addresses),
                limits,
                orEmpty(http).stream().map(HttpEntry::config).toList(),
                orEmpty(mcp).stream().map(McpEntry::config).toList());
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static <T> Map<String, T> orEmpty(@Nullable Map<String, T> map) {
        return map == null ? Map.of() : map;
    }

    private static String required(@Nullable String value, String key, String where) {
        if (value == null || value.isBlank()) {
            throw new ConfabException("%s has no '%s'".formatted(where, key));
        }
        return value;
    }
}
