package dev.confab.telegram;

import dev.confab.dialogue.Chatbot;
import dev.confab.server.store.Database;
import dev.confab.server.store.DatabaseAddress;
import dev.confab.telegram.store.DatabaseBotStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A bot in a process of its own, to be killed: the arguments are the Bot API's address and the folder of the database. */
final class BotProcess {
    /** What is said very slowly by a bot that has this word as its third argument: never. */
    static final String SLOWLY = "slowly";

    private BotProcess() {}

    public static void main(String... arguments) throws InterruptedException {
        Database database = Database.open(DatabaseAddress.inFolder(Path.of(arguments[1])));
        boolean slow = arguments.length > 2;
        Chatbot chatbot = TestBots.chatbot()
                .inputFilter(text -> {
                    if (slow && text.endsWith(SLOWLY)) {
                        LockSupport.park();
                    }
                    return TestBots.told(text);
                })
                .build();
        TelegramBot.builder(chatbot)
                .token(BotToken.of(BotApiServer.SECRET))
                .apiUrl(URI.create(arguments[0]))
                .pace(TestBots.PACE)
                .limits(TestBots.LIMITS)
                .store(DatabaseBotStore.open(database, BotApiServer.BOT))
                .start()
                .await();
    }
}
