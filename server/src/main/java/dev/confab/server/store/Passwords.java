package dev.confab.server.store;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes passwords with PBKDF2 and HMAC-SHA-256, as the JDK brings it, with as many rounds as OWASP asks for
 * (<a href="https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html">Password Storage Cheat
 * Sheet</a>). Argon2 would cost an attacker more, and this program a cryptography library of 8 MB for one function; the
 * parameters stand in each hash, so that others can follow.
 */
final class Passwords {
    private static final String PREFIX = "pbkdf2-sha256";
    private static final int ROUNDS = 600_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final int SHORTEST = 8;
    private static final int LONGEST = 256;

    private static final SecureRandom RANDOM = new SecureRandom();
    /** Checking is slow by design, and must not take all cores from the replies. */
    private static final Semaphore AT_ONCE =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    /** Of no password, so that a name that does not exist takes as long as one that does. */
    private static final String NOBODYS = format(ROUNDS, new byte[SALT_BYTES], new byte[HASH_BITS / Byte.SIZE]);

    private Passwords() {}

    /**
     * What is kept of a password.
     *
     * @throws StoreException if it is too short or too long
     */
    static String hash(String password) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw new StoreException("the password has " + length + " characters, expected " + SHORTEST + " to "
                    + LONGEST + "; a few words that only you would put together are easy to keep in mind");
        }
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return format(ROUNDS, salt, derive(password, salt, ROUNDS));
    }

    /** Whether a password is the one that was hashed. Takes a good part of a second. */
    static boolean matches(String password, String hash) {
        String[] parts = hash.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(PREFIX)) {
            throw new StoreException("a password was hashed as '" + parts[0] + "', expected '" + PREFIX
                    + "'; was it written by a newer Confab?");
        }
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        byte[] expected = Base64.getDecoder().decode(parts[3]);
        boolean tooLong = password.length() > 2 * LONGEST;
        return MessageDigest.isEqual(derive(tooLong ? "" : password, salt, Integer.parseInt(parts[1])), expected);
    }

    /** Takes as long as checking a password. */
    static void waste(String password) {
        matches(password, NOBODYS);
    }

    private static String format(int rounds, byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder();
        return PREFIX + "$" + rounds + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    private static byte[] derive(String password, byte[] salt, int rounds) {
        // Systems differ in how their keyboards compose letters such as ü.
        char[] characters = Normalizer.normalize(password, Normalizer.Form.NFC).toCharArray();
        var specification = new PBEKeySpec(characters, salt, rounds, HASH_BITS);
        AT_ONCE.acquireUninterruptibly();
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(specification)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PBKDF2WithHmacSHA256", e);
        } finally {
            AT_ONCE.release();
            specification.clearPassword();
        }
    }
}
