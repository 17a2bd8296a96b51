package dev.confab.engine.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;

/** The requests that one thread waits for. All but the listeners' part is guarded by the scheduler's lock. */
final class Call {
    private final List<Job> jobs;
    private final Condition wakeUp;
    private int started;
    private int ended;
    private int place;
    /** The place that the listeners are told next, and the one that they know. */
    private int placeToTell;

    private int placeTold;
    private boolean news;
    private boolean parked;
    private boolean abandoned;

    Call(List<Job> jobs, Condition wakeUp) {
        this.jobs = jobs;
        this.wakeUp = wakeUp;
    }

    /** The next request that has not been started. */
    Job nextWaiting() {
        return jobs.get(started);
    }

    Job takeWaiting() {
        return jobs.get(started++);
    }

    boolean hasWaiting() {
        return started < jobs.size();
    }

    /** Notes that a request has its result, or failed: then the others are given up. */
    void ended(Job job) {
        ended++;
        abandoned |= job.failed();
        notifyCaller();
    }

    /** Whether nothing of it is under way and nothing will be begun. */
    boolean over() {
        return ended == jobs.size() || (abandoned && ended == started);
    }

    /** Whether its results are wanted no longer. */
    boolean abandoned() {
        return abandoned;
    }

    void abandon() {
        abandoned = true;
    }

    /** Notes the place in line, from 1; 0 once nothing waits. */
    void moveTo(int newPlace) {
        if (place != newPlace) {
            place = newPlace;
            notifyCaller();
        }
    }

    /** Notes that there is something to deliver, and wakes the caller. */
    void notifyCaller() {
        news = true;
        wake();
    }

    /** Wakes the caller if it sleeps. */
    boolean wake() {
        boolean slept = parked;
        if (slept) {
            parked = false;
            wakeUp.signal();
        }
        return slept;
    }

    /** Sleeps until the caller is woken; the lock must be held. */
    void park() {
        parked = true;
        while (parked) {
            wakeUp.awaitUninterruptibly();
        }
    }

    boolean hasNews() {
        return news;
    }

    void takeNews() {
        news = false;
        placeToTell = place;
    }

    /** Tells the listeners what is new; without the lock, by the caller's thread. */
    void deliver() {
        boolean moved = placeTold != placeToTell;
        placeTold = placeToTell;
        for (int i = 0; i < jobs.size(); i++) {
            TokenEvents events = jobs.get(i).events();
            if (moved) {
                events.deliverPlace(placeToTell);
            }
            events.deliver();
        }
    }

    /**
     * The results in the order of the requests.
     *
     * @throws RuntimeException what went wrong with the first that failed
     */
    List<GenerationResult> results() {
        for (Job job : jobs) {
            if (job.failed()) {
                job.result();
            }
        }
        List<GenerationResult> results = new ArrayList<>(jobs.size());
        for (Job job : jobs) {
            results.add(job.result());
        }
        return results;
    }
}
