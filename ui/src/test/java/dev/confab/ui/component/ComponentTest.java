package dev.confab.ui.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.ui.conversation.Feedback;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ComponentTest {
    /** Knows one file, by the path {@code known/a.txt}. */
    private static final FileStore FILES = new FileStore() {
        @Override
        public Path find(String path) {
            if (!path.equals("known/a.txt")) {
                throw new InvalidValueException("there is no file '" + path + "'");
            }
            return Path.of("/store/a.txt");
        }

        @Override
        public String publish(Path file) {
            return "published/" + file.getFileName();
        }

        @Override
        public String publish(byte[] content, String name) {
            return "published/" + name;
        }
    };

    private static Component component(String name) {
        return switch (name) {
            case "bounded" -> NumberField.of("n").withRange(1, 5);
            case "choice" -> Dropdown.of("c", "a", "b");
            case "choices" -> Dropdown.of("c", "a", "b").withMultiple();
            case "short" -> Textbox.of("t").withMaxLength(3);
            case "files" -> FileField.of("f").withMultiple();
            default -> Component.named(name);
        };
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    text     | 'a'                  | a
                    text     | null                 | ``
                    short    | 'abc'                | abc
                    number   | 2                    | 2.0
                    number   | null                 | null
                    bounded  | 5                    | 5.0
                    slider   | 50.5                 | 50.5
                    slider   | null                 | 0.0
                    checkbox | true                 | true
                    checkbox | null                 | false
                    choice   | 'b'                  | b
                    choice   | null                 | null
                    choices  | ['b','a']            | [b, a]
                    choices  | null                 | []
                    dropdown | 'anything'           | anything
                    html     | '<b>'                | <b>
                    markdown | '*a*'                | *a*
                    json     | {'a':[1,true,null]}  | {a=[1, true, null]}
                    state    | 'what a client says' | null
                    file     | {'path':'known/a.txt','orig_name':'../b.txt'} | UploadedFile[path=/store/a.txt, name=b.txt]
                    file     | 'known/a.txt'        | UploadedFile[path=/store/a.txt, name=a.txt]
                    file     | null                 | null
                    files    | [{'path':'known/a.txt'}] | [UploadedFile[path=/store/a.txt, name=a.txt]]
                    image    | {'path':'known/a.txt'} | UploadedFile[path=/store/a.txt, name=a.txt]
                    chatbot  | [{'role':'user','content':'hi'}] | [ChatMessage[role=user, content=hi, files=[], options=[]]]
                    chatbot  | [{'role':'assistant','content':[{'type':'text','text':'h'},{'type':'text','text':'o'}]}] | [ChatMessage[role=assistant, content=ho, files=[], options=[]]]
                    """)
    void aValueFromAClientIsReadAsJava(String component, String sent, String read) {
        assertThat(String.valueOf(component(component).read(json(sent), FILES))).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    text     | 1                    | expected a text
                    text     | ['a']                | expected a text
                    short    | 'abcd'               | 4 characters long, expected at most 3
                    number   | '2'                  | expected a number
                    bounded  | 0                    | 'n' is 0, expected at least 1.0
                    bounded  | 6                    | 'n' is 6, expected at most 5.0
                    slider   | 101                  | expected at most 100.0
                    checkbox | 'yes'                | expected true or false
                    choice   | 'c'                  | 'c' is 'c', expected one of [a, b]
                    choices  | ['a','c']            | expected one of [a, b]
                    choices  | 'a'                  | expected a list of choices
                    file     | {'path':'/etc/passwd'} | there is no file '/etc/passwd'
                    file     | {'url':'http://169.254.169.254/'} | expected a file that was uploaded before
                    chatbot  | [{'role':'root','content':'hi'}] | expected user, assistant or system
                    chatbot  | 'hi'                 | expected a list of messages
                    """)
    void aValueThatAComponentCannotHaveIsRefused(String component, String sent, String message) {
        assertThatThrownBy(() -> component(component).read(json(sent), FILES))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aResultIsWrittenAsClientsExpectIt() {
        assertThat(written("text", 12)).isEqualTo("\"12\"");
        assertThat(written("text", null)).isEqualTo("null");
        assertThat(written("number", 1.5)).isEqualTo("1.5");
        assertThat(written("checkbox", true)).isEqualTo("true");
        assertThat(written("json", Map.of("a", new Feedback("Like", "so", Instant.EPOCH))))
                .isEqualTo("{\"a\":{\"option\":\"Like\",\"comment\":\"so\",\"at\":\"1970-01-01T00:00:00Z\"}}");
        assertThat(written("state", "secret")).isEqualTo("null");
        assertThat(written("choices", List.of("a"))).isEqualTo("[\"a\"]");
        assertThat(written("chatbot", List.of(ChatMessage.user("hi"))))
                .isEqualTo("[{\"role\":\"user\",\"metadata\":null,\"content\":[{\"type\":\"text\",\"text\":\"hi\"}],"
                        + "\"options\":null}]");
        assertThat(written("file", Path.of("/tmp/a.txt")))
                .contains("\"path\":\"published/a.txt\"", "\"_type\":\"gradio.FileData\"");
        assertThat(written("files", Arrays.asList(Path.of("/tmp/a.txt"), "b".getBytes(StandardCharsets.UTF_8))))
                .contains("published/a.txt", "published/file");
        assertThat(written("image", new byte[] {(byte) 0x89, 'P', 'N', 'G'})).contains("published/image.png");
    }

    private static String written(String component, @Nullable Object value) {
        return component(component).write(value, FILES).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"number", "checkbox", "chatbot", "file", "image"})
    void aResultOfAnotherTypeIsAnErrorThatSaysWhichIsExpected(String component) {
        assertThatThrownBy(() -> component(component).write("text", FILES))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("'" + component + "' is text, expected a")
                .hasMessageContaining("from the function");
    }

    @Test
    void textBecomesHtmlThatShowsJustThisText() {
        assertThat(Markup.escape("<a href=\"x\" title='y'>&</a>"))
                .isEqualTo("&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;");
    }

    @Test
    void impossibleBoundsAreRefused() {
        assertThatThrownBy(() -> Slider.of("s", 2, 1)).hasMessageContaining("from 2.0 to 1.0");
        assertThatThrownBy(() -> Slider.of("s", 0, 1).withValue(3)).hasMessageContaining("begins at 3.0");
        assertThatThrownBy(() -> NumberField.of("n").withRange(2, 1)).hasMessageContaining("above");
        assertThatThrownBy(() -> Textbox.of("t").withLines(0)).hasMessageContaining("at least 1");
    }
}
