package dev.confab.ui.call;

import dev.confab.ui.component.ChatLog;
import dev.confab.ui.component.ChatReply;
import dev.confab.ui.component.FileField;
import dev.confab.ui.component.FileStore;
import dev.confab.ui.component.ImageField;
import dev.confab.ui.component.InvalidValueException;
import dev.confab.ui.component.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A function with a name, inputs and outputs. Immutable.
 *
 * @param id its number on its page, from 1: clients take 0 for none
 * @param name what the API calls it, without a slash
 * @param description what it does, for the API's readers
 * @param inputs what it is called with
 * @param outputs what it returns
 * @param concurrencyLimit how many calls of it run at once, at least 1
 * @param work what it does
 */
public record Endpoint(
        int id,
        String name,
        String description,
        List<Parameter> inputs,
        List<Parameter> outputs,
        int concurrencyLimit,
        Work work) {
    /** Copies the lists and checks the numbers. */
    public Endpoint {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        if (id < 1 || concurrencyLimit < 1) {
            throw new IllegalArgumentException(
                    "id is " + id + " and concurrencyLimit " + concurrencyLimit + ", expected at least 1");
        }
    }

    /** The inputs that clients send. */
    public List<Parameter> visibleInputs() {
        return inputs.stream().filter(input -> !input.isState()).toList();
    }

    /** The outputs that clients get. */
    public List<Parameter> visibleOutputs() {
        return outputs.stream().filter(output -> !output.isState()).toList();
    }

    /** Whether it remembers something between calls, so that a session's calls have to follow one another. */
    public boolean isStateful() {
        return inputs.stream().anyMatch(Parameter::isState);
    }

    /** Whether there may be files among the results. */
    public boolean returnsFiles() {
        return outputs.stream()
                .map(Parameter::component)
                .anyMatch(component -> component instanceof FileField
                        || component instanceof ImageField
                        || component instanceof ChatLog
                        || component instanceof ChatReply);
    }

    /**
     * Reads arguments in their order.
     *
     * @param data one value for each input, or one for each that is not a state; at the end, optional ones may be missing
     * @return one value for each input; null for states, which only a session knows
     * @throws InvalidValueException if there are too many or too few, or one cannot be read
     */
    public List<@Nullable Object> read(JsonNode data, FileStore files) {
        if (!data.isArray()) {
            throw new InvalidValueException("'data' is " + data.getNodeType() + ", expected a list of arguments");
        }
        boolean withStates = data.size() == inputs.size();
        int expected = visibleInputs().size();
        if (!withStates && data.size() > expected) {
            throw new InvalidValueException(
                    "/" + name + " was called with " + data.size() + " arguments, expected " + expected);
        }
        List<JsonNode> arguments = new ArrayList<>();
        int next = 0;
        for (Parameter input : inputs) {
            boolean sent = withStates || !input.isState();
            arguments.add(sent ? data.path(next++) : JsonNodeFactory.instance.missingNode());
        }
        return read(arguments, index -> !arguments.get(index).isMissingNode(), files);
    }

    /**
     * Reads arguments by their names.
     *
     * @throws InvalidValueException if a name is unknown, one that is not optional is missing, or one cannot be read
     */
    public List<@Nullable Object> readNamed(JsonNode named, FileStore files) {
        if (!named.isObject()) {
            throw new InvalidValueException(
                    "the body is " + named.getNodeType() + ", expected arguments by their names");
        }
        List<String> names = visibleInputs().stream().map(Parameter::name).toList();
        for (Map.Entry<String, JsonNode> entry : named.properties()) {
            if (!names.contains(entry.getKey()) && !entry.getKey().equals("session_hash")) {
                throw new InvalidValueException(
                        "/" + name + " has no parameter '" + entry.getKey() + "', expected some of " + names);
            }
        }
        List<JsonNode> arguments =
                inputs.stream().map(input -> named.path(input.name())).toList();
        return read(arguments, index -> !arguments.get(index).isMissingNode(), files);
    }

    private List<@Nullable Object> read(List<JsonNode> arguments, IntPredicate sent, FileStore files) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Parameter input = inputs.get(i);
            if (input.component() instanceof State) {
                values.add(null);
            } else if (sent.test(i)) {
                values.add(input.component().read(arguments.get(i), files));
            } else if (input.optional()) {
                values.add(input.component().value());
            } else {
                throw new InvalidValueException("/" + name + " needs a value for '" + input.name() + "'");
            }
        }
        return Collections.unmodifiableList(values);
    }
}
