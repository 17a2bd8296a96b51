package dev.confab.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code confab doctor}: looks at all that Confab needs of a machine, and says how to mend what is wrong. */
@Command(
        name = "doctor",
        description = "Java, cores, vector width, memory, folders, network: what is wrong and how to mend it.")
final class DoctorCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(names = "--json", description = "the findings as one JSON document")
    private boolean json;

    @Mixin
    CommonOptions common;

    DoctorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(MachineCheck.findings());
        findings.addAll(new FolderCheck(surroundings).findings());
        findings.add(new NetworkCheck(surroundings).finding());
        if (json) {
            surroundings.out().printLine(document(findings));
        } else {
            findings.forEach(finding -> surroundings.out().print(lines(finding)));
        }
        return findings.stream().anyMatch(finding -> finding.state() == Finding.State.BROKEN) ? 1 : 0;
    }

    private static String lines(Finding finding) {
        String mark = switch (finding.state()) {
            case GOOD -> "ok   ";
            case WARNING -> "warn ";
            case BROKEN -> "FAIL ";
        };
        String remedy = finding.remedy().isEmpty() ? "" : "                    -> " + finding.remedy() + "\n";
        return mark + "%-14s ".formatted(finding.subject()) + finding.found() + "\n" + remedy;
    }

    private static ObjectNode document(List<Finding> findings) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        for (Finding finding : findings) {
            document.putObject(finding.subject().replace(' ', '_'))
                    .put("state", finding.state().name().toLowerCase(Locale.ROOT))
                    .put("found", finding.found())
                    .put("remedy", finding.remedy());
        }
        return document;
    }
}
