package dev.confab.ui.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class EditsTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    'a'            | 'ab'           | [['append',[],'b']]
                    'a'            | 'b'            | [['replace',[],'b']]
                    'a'            | 'a'            | []
                    1              | 'a'            | [['replace',[],'a']]
                    ['a']          | ['a','b']      | [['add',[1],'b']]
                    ['a','b','c']  | ['a']          | [['delete',[2],null],['delete',[1],null]]
                    {'k':'a'}      | {'k':'ab'}     | [['append',['k'],'b']]
                    {'k':1}        | {'l':1}        | [['add',['l'],1],['delete',['k'],null]]
                    [{'content':'he'}] | [{'content':'hello'}] | [['append',[0,'content'],'llo']]
                    """)
    void aChangeIsWrittenAsTheProtocolHasIt(String before, String after, String edits) {
        assertThat(Edits.between(json(before), json(after))).isEqualTo(json(edits));
    }

    @Test
    void theEditsBetweenTwoValuesLeadFromOneToTheOther() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            JsonNode before = value(random, 3);
            JsonNode after = value(random, 3);
            JsonNode copy = before.deepCopy();
            assertThat(Edits.apply(before, Edits.between(before, after))).isEqualTo(after);
            assertThat(before).as("the value before").isEqualTo(copy);
        }
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 5)) {
            case 0 -> NODES.numberNode(random.nextInt(2));
            case 1 -> NODES.stringNode("abc".substring(0, random.nextInt(4)));
            case 2 -> NODES.nullNode();
            case 3 -> array(random, depth);
            default -> object(random, depth);
        };
    }

    private static JsonNode array(Random random, int depth) {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(value(random, depth - 1));
        }
        return array;
    }

    private static JsonNode object(Random random, int depth) {
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.set("abc".substring(i - 1, i), value(random, depth - 1));
        }
        return object;
    }
}
