package dev.confab.skills;

import dev.confab.engine.error.ConfabException;
import java.util.List;
import java.util.Map;

/**
 * An MCP server and the skills that its tools are.
 *
 * @param name what the server is called, as in "I can't reach the calendar right now"
 * @param command the program that it is and its arguments, which speaks over standard input and output; or empty
 * @param environment variables for that program; {@code ${NAME}} is taken from this process's environment
 * @param url its address, where it speaks over HTTP; or empty
 * @param headers sent along; {@code ${NAME}} is taken from the environment
 * @param skills its tools, and what people say to use them
 */
public record McpServerConfig(
        String name,
        List<String> command,
        Map<String, String> environment,
        String url,
        Map<String, String> headers,
        List<McpSkillConfig> skills) {
    /**
     * Copies and checks.
     *
     * @throws ConfabException if there are both a command and an address, or neither, or no skills
     */
    public McpServerConfig {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        headers = Map.copyOf(headers);
        skills = List.copyOf(skills);
        if (command.isEmpty() == url.isEmpty()) {
            throw new ConfabException(
                    "MCP server '%s' has %s, expected either a command that starts it or the url where it listens"
                            .formatted(
                                    name, command.isEmpty() ? "neither a command nor a url" : "a command and a url"));
        }
        if (!url.isEmpty() && !url.matches("https?://[^/?#]+.*")) {
            throw new ConfabException("MCP server '%s': the url is '%s', expected one such as http://localhost:3000/mcp"
                    .formatted(name, url));
        }
        if (skills.isEmpty()) {
            throw new ConfabException(
                    "MCP server '%s' has no skills, expected at least one of its tools".formatted(name));
        }
    }
}
