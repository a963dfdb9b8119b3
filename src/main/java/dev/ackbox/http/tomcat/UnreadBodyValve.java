package dev.ackbox.http.tomcat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Does not wait for what is left of a body that was refused, where Tomcat would, at the cost of a thread. What has arrived is
 * read, so that a sender of little gets to read its answer and keeps its connection.
 */
final class UnreadBodyValve extends ValveBase {

    private static final int MAX_BYTES = 64 << 10;

    UnreadBodyValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (!isRefusedByServlet(response)) {
            return;
        }
        org.apache.coyote.Request coyote = request.getCoyoteRequest();
        if (isReadWithoutWaiting(coyote)) {
            readWhatHasArrived(coyote);
        }
        if (!coyote.isFinished()) {
            // So that the sender does not use a connection again that is about to be closed.
            response.setHeader("Connection", "close");
            coyote.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    /** What Tomcat refuses it does not read on; what was accepted would turn into a failure of the servlet. */
    private static boolean isRefusedByServlet(Response response) {
        return response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST && !response.isError();
    }

    /** A sender that asked whether to go on was not told so; chunks come with the wait for the rest of each. */
    private static boolean isReadWithoutWaiting(org.apache.coyote.Request request) {
        return !request.hasExpectation() && request.getContentLengthLong() > 0;
    }

    private static void readWhatHasArrived(org.apache.coyote.Request request) {
        Discarded discarded = new Discarded();
        try {
            int bytes = 0;
            while (bytes < MAX_BYTES && !request.isFinished() && hasArrived(request)) {
                bytes += request.doRead(discarded);
            }
        } catch (IOException ex) {
            // Nobody waits for the answer any more.
        }
    }

    private static boolean hasArrived(org.apache.coyote.Request request) {
        request.action(ActionCode.AVAILABLE, true);
        return request.getAvailable() > 0;
    }

    /** Where the bytes go. */
    private static final class Discarded implements ApplicationBufferHandler {

        private ByteBuffer bytes = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            bytes = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return bytes;
        }

        @Override
        public void expand(int size) {
            // Tomcat brings a buffer of its own.
        }
    }
}
