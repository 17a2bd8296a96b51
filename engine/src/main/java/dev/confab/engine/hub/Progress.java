package dev.confab.engine.hub;

/**
 * Hears how a long piece of work gets on, to draw a bar for instance.
 *
 * <p>Called from several threads, but never by two at once, so an implementation needs no locks. It should return
 * quickly: the work waits for it.
 */
public interface Progress {
    /** Listens to nothing. */
    Progress NONE = new Progress() {
        @Override
        public void started(String what, long totalBytes) {}

        @Override
        public void advanced(long bytes) {}

        @Override
        public void finished() {}
    };

    /**
     * The work begins. Not called where there is nothing to do.
     *
     * @param what what is being done, for a person: {@code "microsoft/DialoGPT-medium"}
     * @param totalBytes how many bytes there are in all, those that an earlier start left behind included
     */
    void started(String what, long totalBytes);

    /**
     * Another part is done.
     *
     * @param bytes how many bytes more; negative where a part turned out wrong and is fetched again
     */
    void advanced(long bytes);

    /** The work ended, well or not. Called once for each {@link #started}. */
    void finished();
}
