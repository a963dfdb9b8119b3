package dev.ackbox.simulate;

import dev.ackbox.sample.Sample;
import dev.ackbox.sample.SampleUser;
import dev.ackbox.sample.SampleWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Notifications that are made of samples: each of one type, with as many samples as asked for, all new. For one thread. */
final class SampleMix implements BodySource {

    private final Rotation<Rotation<Sample>> types;
    private final Rotation<SampleUser> users;
    private final int batch;
    private final SampleWriter writer = SampleWriter.withAllIds();

    /**
     * Creates a mix.
     *
     * @param types the samples of each type; types take turns by notification, samples of a type by turns within
     * @param users who take turns by sample
     * @param batch number of samples in a notification
     */
    SampleMix(List<List<Sample>> types, List<SampleUser> users, int batch) {
        this.types = new Rotation<>(types.stream().map(Rotation::new).toList());
        this.users = new Rotation<>(users);
        this.batch = batch;
    }

    @Override
    public byte[] next(Instant time) {
        Rotation<Sample> samples = types.next();
        List<Sample> notification = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
            notification.add(about(users.next(), samples.next()));
        }
        return writer.write(notification, time);
    }

    private static Sample about(SampleUser user, Sample sample) {
        if (!sample.kind().hasUser()) {
            return sample;
        }
        return sample.kind().goesToUser() ? sample.to(user) : sample.from(user);
    }
}
