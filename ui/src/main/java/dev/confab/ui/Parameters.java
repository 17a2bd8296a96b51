package dev.confab.ui;

import dev.confab.ui.call.Parameter;
import dev.confab.ui.component.Component;
import dev.confab.ui.component.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives components their numbers, labels and names. */
final class Parameters {
    private final List<Parameter> inputs = new ArrayList<>();
    private final List<Parameter> outputs = new ArrayList<>();
    private final Set<String> inputNames = new HashSet<>();
    private final Set<String> outputNames = new HashSet<>();
    private @Nullable Parameter state;
    private boolean stateReturned;
    private int nextId = 1;

    List<Parameter> inputs() {
        return inputs;
    }

    List<Parameter> outputs() {
        return outputs;
    }

    void addInput(Component component, boolean optional) {
        Parameter parameter = parameter(component, "input", inputNames, optional);
        if (parameter.isState()) {
            if (state != null) {
                throw new IllegalStateException("there are two states among the inputs, expected one");
            }
            state = parameter;
        }
        inputs.add(parameter);
    }

    void addOutput(Component component) {
        if (!(component instanceof State)) {
            outputs.add(parameter(component, "output", outputNames, true));
        } else if (state == null || stateReturned) {
            throw new IllegalStateException("a state among the outputs needs one among the inputs, and one only");
        } else {
            outputs.add(state);
            stateReturned = true;
        }
    }

    void check() {
        if (state != null && !stateReturned) {
            throw new IllegalStateException("there is a state among the inputs, but none among the outputs");
        }
    }

    private Parameter parameter(Component component, String usualLabel, Set<String> names, boolean optional) {
        String label = component.label().isEmpty() ? usualLabel : component.label();
        String base =
                label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
        String stem = base.isEmpty() ? usualLabel : base;
        String name = stem;
        for (int i = 2; !names.add(name); i++) {
            name = stem + "_" + i;
        }
        boolean numbered = component.label().isEmpty() && !name.equals(stem);
        String shown = numbered ? label + " " + name.substring(stem.length() + 1) : label;
        boolean hasValue = component.value() != null && !"".equals(component.value());
        return new Parameter(nextId++, name, component.withLabel(shown), optional || hasValue);
    }
}
