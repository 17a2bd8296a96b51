package dev.confab.ui.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.ui.conversation.ConversationQuery.Place;
import dev.confab.ui.conversation.StoredMessage.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every store. The tests of a store extend this class. */
public abstract class ConversationStoreContract {
    private static final String ANN = "user:ann";
    private static final String BOB = "user:bob";
    private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05.678Z");

    private ConversationStore store;

    /** An empty store that has room for all that these tests keep. */
    protected abstract ConversationStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    private static StoredConversation conversation(String id, String title, Instant at, StoredMessage... messages) {
        return new StoredConversation(
                new ConversationSummary(id, title, at, at), Map.of("Volume", 3.5), Map.of(), List.of(messages));
    }

    private static StoredMessage question(String id, String parent, String text) {
        return StoredMessage.ofUser(id, parent, text, BEGIN);
    }

    private static StoredMessage reply(String id, String parent, String text) {
        return StoredMessage.running(id, parent, "event", BEGIN)
                .ended(State.DONE, text, null, new Timings(0.25, 12.5, Timings.Unit.TOKENS));
    }

    private List<String> list(String owner, ConversationQuery query) {
        return store.list(owner, query).stream().map(ConversationSummary::id).toList();
    }

    private List<String> path(String owner, String id) {
        return store.load(owner, id).orElseThrow().path().stream()
                .map(StoredMessage::id)
                .toList();
    }

    @Test
    void whatIsSavedIsLoadedAgain() {
        StoredMessage failed = StoredMessage.running("r2", "m1", "event", BEGIN)
                .ended(State.FAILED, "The begin", "The parrot is asleep.", null);
        StoredMessage rated = reply("r1", "m1", "Zwölf Bögen 🦜 \u0000?")
                .withFeedback(new Feedback("Dislike", "too \"dull\"", BEGIN))
                .withAdditions(new Additions(
                        List.of(new Additions.File("0123/böse \u0000 \"x\".png", "böse.png")), List.of("Yes", "Nö")));
        StoredConversation whole = new StoredConversation(
                new ConversationSummary("c1", "Title", BEGIN, BEGIN.plusSeconds(1)),
                Map.of("Loud", true, "Words", List.of("a", "b"), "Seed", 42, "Name", "x"),
                Map.of("m1", "r1"),
                List.of(question("m1", "", "hello"), rated, failed, StoredMessage.running("r3", "m1", "e", BEGIN)));
        store.save(ANN, whole);

        assertThat(store.load(ANN, "c1")).contains(whole);
    }

    @Test
    void ownersNeverSeeEachOther() {
        store.save(ANN, conversation("c1", "Ann's", BEGIN, question("m1", "", "secret")));
        store.save(BOB, conversation("c2", "Bob's", BEGIN));

        assertThat(list(BOB, ConversationQuery.newest(10))).containsExactly("c2");
        assertThat(list(BOB, new ConversationQuery("secret", null, 10))).isEmpty();
        assertThat(store.load(BOB, "c1")).isEmpty();
        assertThat(store.put(BOB, "c1", List.of(question("m2", "m1", "mine")))).isFalse();
        assertThat(store.rename(BOB, "c1", "x")).isFalse();
        assertThat(store.rate(BOB, "c1", "m1", null)).isFalse();
        assertThat(store.remove(BOB, "c1", "m1")).isFalse();
        assertThat(store.delete(BOB, "c1")).isFalse();
        store.save(BOB, conversation("c1", "Bob's too", BEGIN));
        assertThat(store.load(ANN, "c1").orElseThrow().summary().title()).isEqualTo("Ann's");
    }

    @Test
    void listsAreInOrderAndComeInPages() {
        for (int i = 0; i < 7; i++) {
            // two of them at each time, so that ids decide
            store.save(ANN, conversation("c" + i, "Title " + i, BEGIN.plusSeconds(i / 2)));
        }
        List<String> seen = new ArrayList<>();
        Place after = null;
        List<ConversationSummary> page;
        do {
            page = store.list(ANN, new ConversationQuery("", after, 3));
            page.forEach(one -> seen.add(one.id()));
            after = page.isEmpty()
                    ? null
                    : new Place(page.getLast().updated(), page.getLast().id());
        } while (after != null);

        assertThat(seen).containsExactly("c6", "c5", "c4", "c3", "c2", "c1", "c0");
    }

    @Test
    void aSearchFindsTitlesAndMessagesWhateverTheirCase() {
        store.save(ANN, conversation("c1", "Fruit", BEGIN, question("m1", "", "An APPLE a day, 100% of it")));
        store.save(ANN, conversation("c2", "Apples", BEGIN.plusSeconds(1)));
        store.save(ANN, conversation("c3", "Pears", BEGIN.plusSeconds(2)));

        assertThat(list(ANN, new ConversationQuery("apple", null, 10))).containsExactly("c2", "c1");
        assertThat(list(ANN, new ConversationQuery("100% of", null, 10))).containsExactly("c1");
        assertThat(list(ANN, new ConversationQuery("p%s", null, 10))).isEmpty();
        assertThat(list(ANN, new ConversationQuery("p_ars", null, 10))).isEmpty();
    }

    @Test
    void aTurnIsAddedWhenItBeginsAndReplacedWhenItEnds() {
        store.save(ANN, conversation("c1", "Title", BEGIN));
        StoredMessage asked = question("m1", "", "hello");
        assertThat(store.put(ANN, "c1", List.of(asked, StoredMessage.running("r1", "m1", "e", BEGIN))))
                .isTrue();
        StoredMessage answered = reply("r1", "m1", "Hello yourself.");
        assertThat(store.put(ANN, "c1", List.of(answered))).isTrue();

        StoredConversation kept = store.load(ANN, "c1").orElseThrow();
        assertThat(kept.messages()).containsExactly(asked, answered);
        assertThat(kept.summary().updated()).isAfter(BEGIN);
        assertThat(kept.settings()).containsEntry("Volume", 3.5);
    }

    @Test
    void aMessageWithoutItsParentIsNotKept() {
        store.save(ANN, conversation("c1", "Title", BEGIN, question("m1", "", "a")));

        assertThat(store.put(ANN, "none", List.of(question("m1", "", "a")))).isFalse();
        assertThat(store.put(ANN, "c1", List.of(question("m2", "m1", "b"), question("m3", "gone", "c"))))
                .isFalse();
        assertThat(store.put(ANN, "c1", List.of(question("m1", "other", "c")))).isFalse();
        assertThat(path(ANN, "c1")).containsExactly("m1");
    }

    @Test
    void theBranchThatIsShownIsTheNewestUntilAnotherIsChosen() {
        store.save(ANN, conversation("c1", "Title", BEGIN, question("m1", "", "a"), reply("r1", "m1", "b")));
        store.put(ANN, "c1", List.of(question("m2", "r1", "c"), reply("r2", "m2", "d")));
        store.put(ANN, "c1", List.of(reply("r3", "m1", "e")));
        assertThat(path(ANN, "c1")).containsExactly("m1", "r3");

        assertThat(store.choose(ANN, "c1", "r1")).isTrue();
        assertThat(store.choose(ANN, "c1", "none")).isFalse();
        assertThat(path(ANN, "c1")).containsExactly("m1", "r1", "m2", "r2");
        store.put(ANN, "c1", List.of(reply("r3", "m1", "late")));
        assertThat(path(ANN, "c1")).as("replacing chooses nothing").containsExactly("m1", "r1", "m2", "r2");
    }

    @Test
    void aMessageIsRemovedWithWhatFollowsIt() {
        store.save(ANN, conversation("c1", "Title", BEGIN, question("m1", "", "a"), reply("r1", "m1", "b")));
        store.put(ANN, "c1", List.of(question("m2", "r1", "c"), reply("r2", "m2", "d"), reply("r3", "m2", "e")));

        assertThat(store.remove(ANN, "c1", "m2")).isTrue();
        assertThat(store.remove(ANN, "c1", "m2")).isFalse();
        assertThat(store.load(ANN, "c1").orElseThrow().messages())
                .extracting(StoredMessage::id)
                .containsExactly("m1", "r1");
        store.put(ANN, "c1", List.of(question("m3", "r1", "f")));
        assertThat(path(ANN, "c1")).containsExactly("m1", "r1", "m3");
    }

    @Test
    void feedbackStaysWhenTheReplyIsReplacedAndCanBeTakenBack() {
        store.save(ANN, conversation("c1", "Title", BEGIN, question("m1", "", "a"), reply("r1", "m1", "b")));
        Feedback like = new Feedback("Like", "so true", BEGIN);
        assertThat(store.rate(ANN, "c1", "r1", like)).isTrue();
        assertThat(store.rate(ANN, "c1", "none", like)).isFalse();

        store.put(ANN, "c1", List.of(reply("r1", "m1", "longer")));
        assertThat(store.load(ANN, "c1").orElseThrow().messages().getLast().feedback())
                .isEqualTo(like);
        store.rate(ANN, "c1", "r1", null);
        assertThat(store.load(ANN, "c1").orElseThrow().messages().getLast().feedback())
                .isNull();
    }

    @Test
    void titlesAndSettingsChangeWithoutMovingTheConversation() {
        store.save(ANN, conversation("c1", "One", BEGIN));
        store.save(ANN, conversation("c2", "Two", BEGIN.plusSeconds(1)));
        assertThat(store.rename(ANN, "c1", "Uno")).isTrue();
        assertThat(store.configure(ANN, "c1", Map.of("Volume", 7.5))).isTrue();
        assertThat(store.rename(ANN, "none", "x")).isFalse();
        assertThat(store.configure(ANN, "none", Map.of())).isFalse();

        StoredConversation kept = store.load(ANN, "c1").orElseThrow();
        assertThat(kept.summary()).isEqualTo(new ConversationSummary("c1", "Uno", BEGIN, BEGIN));
        assertThat(kept.settings()).isEqualTo(Map.of("Volume", 7.5));
        assertThat(list(ANN, ConversationQuery.newest(10))).containsExactly("c2", "c1");
    }

    @Test
    void whatIsDeletedIsGoneUntilItIsRestored() {
        StoredConversation whole = conversation("c1", "One", BEGIN, question("m1", "", "a"));
        store.save(ANN, whole);
        assertThat(store.delete(ANN, "c1")).isTrue();

        assertThat(store.delete(ANN, "c1")).isFalse();
        assertThat(store.load(ANN, "c1")).isEmpty();
        assertThat(list(ANN, ConversationQuery.newest(10))).isEmpty();
        assertThat(store.put(ANN, "c1", List.of(question("m2", "m1", "b")))).isFalse();
        assertThat(store.restore(BOB, "c1")).isFalse();
        assertThat(store.restore(ANN, "c1")).isTrue();
        assertThat(store.restore(ANN, "c1")).isFalse();
        assertThat(store.load(ANN, "c1")).contains(whole);
    }

    @Test
    void allOfAnOwnerCanBeDeletedForGood() {
        store.save(ANN, conversation("c1", "One", BEGIN));
        store.save(ANN, conversation("c2", "Two", BEGIN));
        store.save(BOB, conversation("c1", "Bob's", BEGIN));
        store.delete(ANN, "c1");
        store.deleteAll(ANN);

        assertThat(list(ANN, ConversationQuery.newest(10))).isEmpty();
        assertThat(store.restore(ANN, "c1")).isFalse();
        assertThat(list(BOB, ConversationQuery.newest(10))).containsExactly("c1");
    }

    @Test
    void whoKnowsTheTokenReadsWhatIsSharedUntilItIsWithdrawn() {
        StoredConversation whole = conversation("c1", "One", BEGIN, question("m1", "", "a"));
        store.save(ANN, whole);
        store.save(ANN, conversation("c2", "Two", BEGIN));
        store.save(BOB, conversation("c1", "Bob's", BEGIN));
        assertThat(store.shareToken(ANN, "c1")).isEmpty();
        assertThat(store.loadShared("token-1")).isEmpty();
        assertThat(store.share(ANN, "c1", "token-1")).isTrue();
        assertThat(store.share(BOB, "none", "token-2")).isFalse();
        assertThat(store.share(BOB, "c2", "token-2")).as("another owner's").isFalse();

        assertThat(store.shareToken(ANN, "c1")).contains("token-1");
        assertThat(store.shareToken(BOB, "c1")).isEmpty();
        assertThat(store.loadShared("token-1")).contains(whole);
        assertThat(store.loadShared("token-2")).isEmpty();
        assertThat(store.loadShared("")).isEmpty();
        store.share(ANN, "c1", "token-3");
        assertThat(store.loadShared("token-1"))
                .as("there is one token at a time")
                .isEmpty();
        assertThat(store.share(ANN, "c1", null)).isTrue();
        assertThat(store.loadShared("token-3")).isEmpty();
        assertThat(store.shareToken(ANN, "c1")).isEmpty();
    }

    @Test
    void aSharedConversationIsReadAsItBecomesAndNotOnceItIsDeleted() {
        store.save(ANN, conversation("c1", "One", BEGIN, question("m1", "", "a")));
        store.share(ANN, "c1", "token");
        store.put(ANN, "c1", List.of(reply("r1", "m1", "later")));
        assertThat(store.loadShared("token").orElseThrow().messages()).hasSize(2);

        store.delete(ANN, "c1");
        assertThat(store.loadShared("token")).isEmpty();
        store.restore(ANN, "c1");
        assertThat(store.loadShared("token")).isPresent();
        store.save(ANN, conversation("c1", "Saved again", BEGIN));
        assertThat(store.loadShared("token").orElseThrow().summary().title()).isEqualTo("Saved again");
        store.deleteAll(ANN);
        assertThat(store.loadShared("token")).isEmpty();
    }

    @Test
    void turnsOfSeveralTabsAtOnceAreAllKept() throws Exception {
        store.save(ANN, conversation("c1", "One", BEGIN, question("m", "", "a")));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> tabs = new ArrayList<>();
            for (int tab = 0; tab < 4; tab++) {
                String prefix = "tab" + tab + "-";
                tabs.add(threads.submit(() -> {
                    boolean kept = true;
                    for (int i = 0; i < 10; i++) {
                        kept &= store.put(ANN, "c1", List.of(reply(prefix + i, "m", "text")));
                    }
                    return kept;
                }));
            }
            for (Future<Boolean> tab : tabs) {
                assertThat(tab.get()).isTrue();
            }
        }

        assertThat(store.load(ANN, "c1").orElseThrow().messages()).hasSize(41);
        assertThat(path(ANN, "c1")).hasSize(2).startsWith("m");
    }
}
