package io.probeunit.conformance.kit;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.testcontainers.utility.LazyFuture;

/**
 * Builds the images of the suite while its first tests run, which mostly wait: with {@code build.conformance.ahead=true},
 * as the build sets it for a run of all tests.
 */
public final class ImagesAhead implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (Boolean.getBoolean("build.conformance.ahead")) {
            Thread builder = new Thread(() -> TestImage.ofTheSuite().forEach(LazyFuture::get), "images ahead");
            builder.setDaemon(true);
            builder.start();
        }
    }
}
