package dev.confab.dialogue.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * Finds earlier parts of a conversation that resemble what is said now: Lucene's BM25 over an index in memory. Immutable,
 * usable from any thread.
 */
public final class EarlierTurns {
    private static final String TEXT = "text";
    private static final String NUMBER = "number";
    private static final int MOST_WORDS = 64;

    /** Words that occur everywhere, so that nothing is found by them. */
    private static final CharArraySet COMMON = new CharArraySet(
            List.of(
                    ("a an and are as at be been but by can could did do does for from had has have he her him his how i if"
                                    + " in is it it's its i'm just like me my no not of on or our she so some that that's the their"
                                    + " them then there they this to too up was we were what what's when where which who why will"
                                    + " with would yes you your")
                            .split(" ")),
            true);

    private final IndexSearcher searcher;

    private EarlierTurns(IndexSearcher searcher) {
        this.searcher = searcher;
    }

    /**
     * An index of texts.
     *
     * @param texts such as a turn and its reply each
     */
    public static EarlierTurns of(List<String> texts) {
        var directory = new ByteBuffersDirectory();
        try (Analyzer analyzer = analyzer();
                var writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
            for (int i = 0; i < texts.size(); i++) {
                var document = new Document();
                document.add(new TextField(TEXT, texts.get(i), Field.Store.NO));
                document.add(new StoredField(NUMBER, i));
                writer.addDocument(document);
            }
            writer.commit();
            return new EarlierTurns(new IndexSearcher(DirectoryReader.open(directory)));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has no failing disk
        }
    }

    /**
     * The texts that resemble another one, by the words that they share.
     *
     * @param most how many at most
     * @return their indices, the most similar first; none if they share no uncommon word
     */
    public List<Integer> like(String text, int most) {
        try {
            var query = new BooleanQuery.Builder();
            for (String word : words(text)) {
                query.add(new TermQuery(new Term(TEXT, word)), BooleanClause.Occur.SHOULD);
            }
            List<Integer> found = new ArrayList<>();
            for (ScoreDoc hit : searcher.search(query.build(), most).scoreDocs) {
                found.add(searcher.storedFields()
                        .document(hit.doc)
                        .getField(NUMBER)
                        .numericValue()
                        .intValue());
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words(String text) throws IOException {
        List<String> words = new ArrayList<>();
        try (Analyzer analyzer = analyzer();
                TokenStream tokens = analyzer.tokenStream(TEXT, text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (words.size() < MOST_WORDS && tokens.incrementToken()) {
                words.add(term.toString());
            }
        }
        return words;
    }

    private static Analyzer analyzer() {
        return new StandardAnalyzer(COMMON);
    }
}
