package dev.confab.engine.tokenizer;

import dev.confab.engine.hub.Hub;
import dev.confab.engine.hub.ModelFiles;
import dev.confab.engine.hub.Progress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * GPT-2's tokenizer: text to token ids by byte-level byte-pair encoding, and back.
 *
 * <pre>{@code
 * var tokenizer = Tokenizer.load(Path.of("DialoGPT-medium"));
 * int[] ids = tokenizer.encode("Does money buy happiness?");  // 13921, 1637, 2822, 12157, 30
 * String text = tokenizer.decode(ids);                        // "Does money buy happiness?"
 * }</pre>
 *
 * <p>Every text has an encoding and {@code decode(encode(text))} gives it back, with the exception of unpaired
 * surrogates, which become U+FFFD. Ids, and the text of arbitrary ids, are those of transformers' {@code GPT2Tokenizer};
 * {@code TokenizerGoldenTest} holds it to that. Nothing is put before a text, unless {@code tokenizer_config.json} asks
 * for it by {@code add_bos_token}.
 *
 * <p>Immutable; any number of threads may use one tokenizer.
 */
public final class Tokenizer {
    private final Vocabulary vocabulary;
    private final MergeTable merges;
    private final int[] byteTokens = new int[256];
    private final SortedMap<Integer, AddedToken> added;
    private final AddedTokenSplitter splitter;
    private final TokenizerConfig config;
    private final EncodeOptions encodeOptions;
    private final BatchOptions batchOptions;

    Tokenizer(BytePairModel model, TokenizerConfig config, SortedMap<Integer, AddedToken> added) {
        this.config = config;
        this.added = added;
        merges = model.merges();
        vocabulary = new Vocabulary(model.vocabulary(), added);
        splitter = new AddedTokenSplitter(added.values());
        for (int b = 0; b < byteTokens.length; b++) {
            byteTokens[b] =
                    model.vocabulary().getOrDefault(String.valueOf(ByteAlphabet.character(b)), BytePairEncoder.MISSING);
        }
        Boolean prefix = config.addPrefixSpace();
        encodeOptions =
                new EncodeOptions(prefix == null ? model.addPrefixSpace() : prefix, config.splitSpecialTokens());
        batchOptions = new BatchOptions(Integer.MAX_VALUE, config.truncationSide(), config.paddingSide());
    }

    private Tokenizer(Tokenizer other, TokenizerConfig config) {
        this.config = config;
        vocabulary = other.vocabulary;
        merges = other.merges;
        System.arraycopy(other.byteTokens, 0, byteTokens, 0, byteTokens.length);
        added = other.added;
        splitter = other.splitter;
        encodeOptions = other.encodeOptions;
        batchOptions = other.batchOptions;
    }

    /**
     * The tokenizer of a model, whose weights are not needed.
     *
     * @param nameOrFolder a name on the Hugging Face hub, such as {@code microsoft/DialoGPT-medium}, or a folder
     * @throws dev.confab.engine.error.ConfabException if it cannot be found or read
     */
    public static Tokenizer fromPretrained(String nameOrFolder) {
        return load(
                Hub.fromEnvironment().resolve(nameOrFolder, Hub.DEFAULT_REVISION, ModelFiles.TOKENIZER, Progress.NONE));
    }

    /**
     * Reads the tokenizer in a folder: {@code vocab.json} and {@code merges.txt}, or else {@code tokenizer.json}; and if
     * present {@code tokenizer_config.json}, {@code special_tokens_map.json} and {@code added_tokens.json}.
     *
     * @throws TokenizerException if a file is missing, broken or not of a GPT-2 tokenizer; names file, place and fault
     */
    public static Tokenizer load(Path folder) {
        return TokenizerLoader.load(folder);
    }

    /**
     * A new tokenizer, such as one that was trained, with DialoGPT's chat template.
     *
     * @param tokens all tokens without the special ones, spelled as in {@code vocab.json}; the first has id 0
     * @param merges which two tokens merge, the earliest first: both with one space between, as in {@code merges.txt}
     * @param specialTokens take the ids after {@code tokens}; the first is eos, bos and unk token, as in GPT-2
     * @throws TokenizerException if a token is there twice, or a merge needs one that is missing
     * @throws IllegalArgumentException if there is no special token, or one is empty
     */
    public static Tokenizer of(List<String> tokens, List<String> merges, List<String> specialTokens) {
        return TokenizerLoader.join(tokens, merges, specialTokens);
    }

    /**
     * Writes the tokenizer into a folder, made if it is missing, as transformers and the Rust tokenizers library read it:
     * {@code vocab.json}, {@code merges.txt}, {@code tokenizer.json}, {@code tokenizer_config.json} and
     * {@code special_tokens_map.json}. Files of these names are replaced, each at once and whole; {@link #load} gives an
     * equal tokenizer.
     *
     * @throws TokenizerException if a file cannot be written
     */
    public void save(Path folder) {
        new TokenizerWriter(vocabulary, merges, added, config, encodeOptions).write(folder);
    }

    /**
     * The same for a model of another size.
     *
     * @param tokens how many tokens the model takes, positive
     * @throws IllegalArgumentException if not
     */
    public Tokenizer withModelMaxLength(int tokens) {
        if (tokens <= 0) {
            throw new IllegalArgumentException("modelMaxLength is " + tokens + ", expected at least 1");
        }
        return new Tokenizer(this, config.withModelMaxLength(tokens));
    }

    /**
     * The ids of a text, by the tokenizer's own {@link #encodeOptions()}.
     *
     * @throws TokenizerException if the vocabulary lacks a byte of the text and there is no unk token
     */
    public int[] encode(String text) {
        return encode(text, encodeOptions);
    }

    /**
     * The ids of a text.
     *
     * @throws TokenizerException if the vocabulary lacks a byte of the text and there is no unk token
     */
    public int[] encode(String text, EncodeOptions options) {
        String input = options.addPrefixSpace() ? " " + text : text;
        var ids = new TokenBuffer(input.length() / 3 + 4);
        if (config.addBosToken()) {
            ids.add(bosTokenId().orElseThrow(Tokenizer::noBosToken));
        }
        var encoder = new BytePairEncoder(byteTokens, merges);
        if (options.splitSpecialTokens()) {
            encodeWords(input, 0, input.length(), encoder, ids);
            return ids.toArray();
        }
        for (AddedTokenSplitter.Piece piece : splitter.split(input)) {
            AddedToken token = piece.token();
            if (token == null) {
                encodeWords(input, piece.start(), piece.end(), encoder, ids);
            } else {
                ids.add(vocabulary.id(token.content()).orElseThrow());
            }
        }
        return ids.toArray();
    }

    /**
     * Several texts as rows of one length, by the tokenizer's own {@link #encodeOptions()}. Padding is the pad token;
     * DialoGPT has none, and then it is the eos token, as its users set it.
     *
     * @throws TokenizerException if rows differ in length and there is neither pad nor eos token
     */
    public EncodedBatch encodeBatch(List<String> texts, BatchOptions options) {
        int[][] rows =
                texts.stream().map(text -> truncate(encode(text), options)).toArray(int[][]::new);
        int longest = Arrays.stream(rows).mapToInt(row -> row.length).max().orElse(0);
        int[][] mask = new int[rows.length][longest];
        for (int r = 0; r < rows.length; r++) {
            int padding = longest - rows[r].length;
            int start = options.paddingSide() == Side.LEFT ? padding : 0;
            Arrays.fill(mask[r], start, start + rows[r].length, 1);
            if (padding > 0) {
                int[] padded = new int[longest];
                Arrays.fill(padded, padTokenId().orElseGet(this::eosTokenId));
                System.arraycopy(rows[r], 0, padded, start, rows[r].length);
                rows[r] = padded;
            }
        }
        return new EncodedBatch(rows, mask);
    }

    /**
     * The text of token ids. Bytes that are no UTF-8 become U+FFFD, one for each maximal ill-formed part. Unless an
     * option says otherwise, spaces are cleaned up only if {@code tokenizer_config.json} sets
     * {@code clean_up_tokenization_spaces}.
     *
     * @throws TokenizerException if no token has one of the ids
     * @throws IllegalArgumentException if spaces are both to be kept and to be cleaned up
     */
    public String decode(int[] ids, DecodeOption... options) {
        Set<DecodeOption> chosen = chosen(options);
        boolean skipSpecial = chosen.contains(DecodeOption.SKIP_SPECIAL_TOKENS);
        var decoder = new Utf8Decoder(4 * Math.min(ids.length, 1 << 20));
        for (int id : ids) {
            if (!(skipSpecial && isSpecial(id))) {
                vocabulary.appendTo(decoder, id);
            }
        }
        boolean clean = chosen.contains(DecodeOption.CLEAN_UP_SPACES)
                || (config.cleanUpSpaces() && !chosen.contains(DecodeOption.KEEP_SPACES));
        return clean ? SpaceCleaner.clean(decoder.finish()) : decoder.finish();
    }

    /**
     * A decoder for one running reply, which gets its ids one by one.
     *
     * @param options {@link DecodeOption#SKIP_SPECIAL_TOKENS}, or none
     * @throws IllegalArgumentException for {@link DecodeOption#CLEAN_UP_SPACES}, which changes text that was given out
     */
    public StreamingDecoder newStreamingDecoder(DecodeOption... options) {
        Set<DecodeOption> chosen = chosen(options);
        if (chosen.contains(DecodeOption.CLEAN_UP_SPACES)) {
            throw new IllegalArgumentException(
                    "CLEAN_UP_SPACES changes text that was given out already; a TextStreamer can do it");
        }
        return new StreamingDecoder(vocabulary, chosen.contains(DecodeOption.SKIP_SPECIAL_TOKENS));
    }

    /** What {@link #encode(String)} uses: {@code add_prefix_space} and {@code split_special_tokens} of the files. */
    public EncodeOptions encodeOptions() {
        return encodeOptions;
    }

    /** {@code padding_side} and {@code truncation_side} of the files, both right if unsaid, and no truncation. */
    public BatchOptions batchOptions() {
        return batchOptions;
    }

    /** How many tokens there are, with added ones; transformers' {@code len(tokenizer)}. */
    public int vocabularySize() {
        return vocabulary.size();
    }

    /** The id of a token, spelled as in {@code vocab.json} ({@code "Ġmoney"}), if there is one. */
    public OptionalInt tokenToId(String token) {
        return vocabulary.id(token);
    }

    /** The token of an id, spelled as in {@code vocab.json}, if there is one. */
    public Optional<String> idToToken(int id) {
        return vocabulary.token(id);
    }

    /** Whether {@link DecodeOption#SKIP_SPECIAL_TOKENS} leaves an id out. */
    public boolean isSpecial(int id) {
        return vocabulary.isSpecial(id);
    }

    /**
     * The token that ends a turn, {@code <|endoftext|>} for GPT-2.
     *
     * @throws TokenizerException if the tokenizer has none
     */
    public String eosToken() {
        return named(TokenizerConfig.EOS)
                .map(AddedToken::content)
                .orElseThrow(() -> new TokenizerException(
                        "This tokenizer has no eos_token; set it in tokenizer_config.json to end turns with it"));
    }

    /**
     * The id of {@link #eosToken()}.
     *
     * @throws TokenizerException if the tokenizer has none
     */
    public int eosTokenId() {
        return tokenToId(eosToken()).orElseThrow();
    }

    /** The id of the token that starts a text, if there is one; {@link #encode(String)} does not write it. */
    public OptionalInt bosTokenId() {
        return namedId(TokenizerConfig.BOS);
    }

    /** The id of the token that fills up a batch's rows, if there is one; GPT-2 and DialoGPT have none. */
    public OptionalInt padTokenId() {
        return namedId(TokenizerConfig.PAD);
    }

    /** The id of the token that stands for what the vocabulary lacks, if there is one. */
    public OptionalInt unkTokenId() {
        return namedId(TokenizerConfig.UNK);
    }

    /** How many tokens the model takes, if {@code tokenizer_config.json} says it. */
    public OptionalInt modelMaxLength() {
        int length = config.modelMaxLength();
        return length == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(length);
    }

    /** The text of the chat template, if there is one. It is kept for its readers and never evaluated here. */
    public Optional<String> chatTemplate() {
        return Optional.ofNullable(config.chatTemplate());
    }

    private void encodeWords(String text, int start, int end, BytePairEncoder encoder, TokenBuffer ids) {
        for (int word = start; word < end; ) {
            int wordEnd = WordScanner.wordEnd(text, word, end);
            encoder.encode(text, word, wordEnd);
            for (int i = 0; i < encoder.length(); i++) {
                int id = encoder.symbol(i);
                ids.add(id == BytePairEncoder.MISSING ? unknown(text.substring(word, wordEnd)) : id);
            }
            word = wordEnd;
        }
    }

    private int unknown(String word) {
        return unkTokenId()
                .orElseThrow(() -> new TokenizerException("The vocabulary lacks a byte of the word '" + word
                        + "' and the tokenizer has no unk_token; is its vocabulary complete?"));
    }

    private int[] truncate(int[] ids, BatchOptions options) {
        if (ids.length <= options.maxLength()) {
            return ids;
        }
        int[] cut = options.truncationSide() == Side.LEFT
                ? Arrays.copyOfRange(ids, ids.length - options.maxLength(), ids.length)
                : Arrays.copyOf(ids, options.maxLength());
        if (config.addBosToken()) {
            cut[0] = ids[0];
        }
        return cut;
    }

    private static Set<DecodeOption> chosen(DecodeOption... options) {
        var chosen = EnumSet.noneOf(DecodeOption.class);
        chosen.addAll(Arrays.asList(options));
        if (chosen.contains(DecodeOption.CLEAN_UP_SPACES) && chosen.contains(DecodeOption.KEEP_SPACES)) {
            throw new IllegalArgumentException("CLEAN_UP_SPACES and KEEP_SPACES exclude each other");
        }
        return chosen;
    }

    private static TokenizerException noBosToken() {
        return new TokenizerException(
                "tokenizer_config.json asks for add_bos_token, but the tokenizer has no bos_token; name one there");
    }

    private OptionalInt namedId(String role) {
        return named(role).map(token -> tokenToId(token.content())).orElseGet(OptionalInt::empty);
    }

    private Optional<AddedToken> named(String role) {
        @Nullable AddedToken token = config.namedTokens().get(role);
        return Optional.ofNullable(token);
    }
}
