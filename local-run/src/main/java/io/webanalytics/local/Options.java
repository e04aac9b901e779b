package io.webanalytics.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line.
 *
 * @param dataDir the folder of data that outlives this process, or null to delete the data when it ends
 */
record Options(@Nullable Path dataDir) {

    private static final String DATA_DIR = "--data-dir=";

    static Options parse(String... args) {
        Path dataDir = null;
        for (String arg : args) {
            if (!arg.startsWith(DATA_DIR) || arg.length() == DATA_DIR.length()) {
                throw new CannotStartException(
                        "unknown argument " + arg + "; the only one is " + DATA_DIR + "FOLDER, which keeps the data");
            }
            dataDir = Path.of(arg.substring(DATA_DIR.length())).toAbsolutePath();
        }
        return new Options(dataDir);
    }

    /** Locks the folder for this process, until the file that is pushed onto {@code running} is closed. */
    @Nullable
    Path lockDataDir(Deque<AutoCloseable> running) {
        if (dataDir == null) {
            return null;
        }
        try {
            Files.createDirectories(dataDir);
            FileChannel file =
                    FileChannel.open(dataDir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            running.push(file);
            FileLock lock = file.tryLock();
            if (lock != null) {
                return dataDir;
            }
        } catch (OverlappingFileLockException e) {
            // falls through to the refusal
        } catch (IOException e) {
            throw new CannotStartException("the data folder " + dataDir + " cannot be used (" + e + ")");
        }
        throw new CannotStartException("the data folder " + dataDir + " is in use by another run");
    }
}
