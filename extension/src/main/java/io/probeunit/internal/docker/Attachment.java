package io.probeunit.internal.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A connection with the streams of a process. */
final class Attachment extends ResultCallback.Adapter<Frame> {

    private static final long SECONDS = 30;
    private final StreamListener listener;
    private volatile boolean unwanted;

    Attachment(StreamListener listener) {
        this.listener = listener;
    }

    void awaitConnected() throws InterruptedException {
        if (!awaitStarted(SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("it did not connect to the container within %d s".formatted(SECONDS));
        }
    }

    /** The daemon may connect when no thread waits for it any more; docker-java would then treat it as open. */
    @Override
    public void onStart(Closeable connection) {
        super.onStart(connection);
        if (unwanted) {
            closeQuietly();
        }
    }

    /** With a copy, since docker-java uses one array again for every large frame. */
    @Override
    public void onNext(Frame frame) {
        byte[] bytes = frame.getPayload().clone();
        if (frame.getStreamType() == StreamType.STDERR) {
            listener.errors(bytes);
        } else {
            listener.output(bytes);
        }
    }

    @Override
    public void onError(Throwable problem) {
        listener.ended();
        super.onError(problem);
    }

    @Override
    public void onComplete() {
        listener.ended();
        super.onComplete();
    }

    void closeQuietly() {
        unwanted = true;
        try {
            close();
        } catch (IOException e) {
            // it is closed all the same
        }
    }
}
