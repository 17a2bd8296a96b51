package dev.confab.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Somebody who has one conversation after the other until it is time to go. */
final class Person implements Callable<List<Turn>> {
    private final ServerUnderTest server;
    private final List<List<String>> scripts;
    private final Habits habits;
    private final RandomGenerator random;
    private final long end;
    private final List<Turn> turns = new ArrayList<>();

    /**
     * Somebody.
     *
     * @param scripts what to say in a conversation, to choose from
     * @param seed the same seed says the same
     * @param end when nothing more is said
     */
    Person(ServerUnderTest server, List<List<String>> scripts, Habits habits, long seed, long end) {
        this.server = server;
        this.scripts = scripts;
        this.habits = habits;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.end = end;
    }

    @Override
    public List<Turn> call() throws InterruptedException {
        Thread.sleep(habits.arrival(random));
        while (System.nanoTime() < end) {
            converse(scripts.get(random.nextInt(scripts.size())));
        }
        return turns;
    }

    private void converse(List<String> script) throws InterruptedException {
        List<String> said = new ArrayList<>();
        String heard = "";
        for (String message : script.subList(0, Math.min(script.size(), habits.turns()))) {
            Thread.sleep(habits.pause(heard, message, random));
            if (System.nanoTime() >= end) {
                return;
            }
            said.add(message);
            Turn turn = server.say(said, random.nextInt(Integer.MAX_VALUE));
            turns.add(turn);
            if (turn.error() != null) {
                Thread.sleep(1000); // who is refused does not hammer at the door
                return;
            }
            heard = turn.text();
            said.add(heard);
        }
    }
}
