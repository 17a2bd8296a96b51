package dev.confab.ui;

import dev.confab.ui.call.Endpoint;
import dev.confab.ui.component.Component;
import dev.confab.ui.http.PageDefinition;
import dev.confab.ui.http.PageDefinition.Chat;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page with inputs, a button and outputs for any function, and the same function over HTTP.
 *
 * <pre>{@code
 * Interface.of((String name, Double times) -> "Hello " + name + "!".repeat(times.intValue()))
 *         .inputs(Textbox.of("Name"), Slider.of("How glad", 1, 10))
 *         .outputs("text")
 *         .launch();
 * }</pre>
 *
 * <p>Components decide which Java values the function gets; see {@link dev.confab.ui.component}. A function with several
 * outputs returns {@link Outputs}; one that streams returns a stream, iterator or publisher of results, each of which
 * replaces the one before.
 */
public final class Interface extends Page<Interface> {
    private final FunctionN function;
    private final int parameters;
    private List<Component> inputs = List.of();
    private List<Component> outputs = List.of();
    private boolean live;

    private Interface(FunctionN function, int parameters) {
        super("predict", "Flag");
        this.function = function;
        this.parameters = parameters;
    }

    /** A page for a function of one input. */
    @SuppressWarnings("unchecked")
    public static <A extends @Nullable Object, R extends @Nullable Object> Interface of(Function1<A, R> function) {
        return new Interface(inputs -> function.apply((A) inputs.get(0)), 1);
    }

    /** A page for a function of two inputs. */
    @SuppressWarnings("unchecked")
    public static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> Interface of(
            Function2<A, B, R> function) {
        return new Interface(inputs -> function.apply((A) inputs.get(0), (B) inputs.get(1)), 2);
    }

    /** A page for a function of three inputs. */
    @SuppressWarnings("unchecked")
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            Interface of(Function3<A, B, C, R> function) {
        return new Interface(inputs -> function.apply((A) inputs.get(0), (B) inputs.get(1), (C) inputs.get(2)), 3);
    }

    /** A page for a function of four inputs. */
    @SuppressWarnings("unchecked")
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            Interface of(Function4<A, B, C, D, R> function) {
        return new Interface(
                inputs -> function.apply((A) inputs.get(0), (B) inputs.get(1), (C) inputs.get(2), (D) inputs.get(3)),
                4);
    }

    /** A page for a function of any number of inputs. */
    public static Interface ofList(FunctionN function) {
        return new Interface(function, -1);
    }

    /** The inputs by the short names of their components, such as {@code "text", "state"}. */
    public Interface inputs(String... names) {
        return inputs(Arrays.stream(names).map(Component::named).toArray(Component[]::new));
    }

    /** The inputs in the order of the function's parameters. */
    public Interface inputs(Component... components) {
        inputs = List.of(components);
        return this;
    }

    /** The outputs by the short names of their components, such as {@code "html", "state"}. */
    public Interface outputs(String... names) {
        return outputs(Arrays.stream(names).map(Component::named).toArray(Component[]::new));
    }

    /** The outputs in the order of the results. */
    public Interface outputs(Component... components) {
        outputs = List.of(components);
        return this;
    }

    /** Calls the function at each change of an input. */
    public Interface live() {
        live = true;
        return this;
    }

    @Override
    Interface self() {
        return this;
    }

    @Override
    PageDefinition.Kind kind() {
        return PageDefinition.Kind.INTERFACE;
    }

    @Override
    Chat chat() {
        return Chat.NONE;
    }

    @Override
    boolean isLive() {
        return live;
    }

    @Override
    Endpoint endpoint() {
        Parameters known = new Parameters();
        inputs.forEach(component -> known.addInput(component, false));
        additionalInputs().forEach(component -> known.addInput(component, true));
        outputs.forEach(known::addOutput);
        known.check();
        int found = known.inputs().size();
        if (parameters >= 0 && found != parameters) {
            throw new IllegalStateException("the function has " + parameters + " parameters, but there are " + found
                    + " inputs; name one for each with inputs(…)");
        }
        return new Endpoint(
                1,
                apiName(),
                apiDescription(),
                known.inputs(),
                known.outputs(),
                concurrencyLimit(),
                (values, out) -> Results.emit(function.apply(values), out));
    }
}
