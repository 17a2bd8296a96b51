/** The embedded model. */
module dev.confab.models.mini {
    requires static transitive org.jspecify;

    exports dev.confab.models.mini;
}
