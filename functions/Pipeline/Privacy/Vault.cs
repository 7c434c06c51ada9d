using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Submissions;

namespace OpinionPipeline.Pipeline.Privacy;

/// <summary>
/// Seals what must stay apart (AES-256-GCM, the submission's id as associated data) and derives what must not be
/// guessable: receipt codes and the tags that tell reporters of one issue apart.
/// </summary>
public sealed class Vault
{
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const byte Version = 1;

    private readonly byte[] sealing;
    private readonly byte[] deriving;

    /// <param name="key">32 random bytes; whoever has them can read everything sealed with them.</param>
    public Vault(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyLength)
            throw new ArgumentException(
                $"The vault's key has {key.Length} bytes instead of {KeyLength}."
            );
        sealing = HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            key.ToArray(),
            KeyLength,
            info: "sealing"u8.ToArray()
        );
        deriving = HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            key.ToArray(),
            KeyLength,
            info: "deriving"u8.ToArray()
        );
    }

    /// <summary>Reads <c>keys/vault.key</c> of a data folder; makes one, readable by its owner alone, where there is none.</summary>
    public static Vault FromFolder(string folder)
    {
        var path = Path.Combine(folder, "keys", "vault.key");
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
            };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var draft = path + ".new";
            File.Delete(draft);
            using (var file = new FileStream(draft, options))
            {
                file.Write(RandomNumberGenerator.GetBytes(KeyLength));
                file.Flush(flushToDisk: true);
            }
            File.Move(draft, path);
        }
        return new Vault(File.ReadAllBytes(path));
    }

    /// <summary>Base64 of a sealed box; compressed before, since cipher text cannot be.</summary>
    public string Seal(PrivateContent content, string submissionId) =>
        Convert.ToBase64String(
            Seal(
                Compressed(JsonSerializer.SerializeToUtf8Bytes(content, DocumentJson.Options)),
                submissionId
            )
        );

    /// <summary>Version, nonce, tag and cipher text.</summary>
    /// <param name="plain">What is sealed.</param>
    /// <param name="of">What it belongs to: under another name it does not open.</param>
    public byte[] Seal(ReadOnlySpan<byte> plain, string of)
    {
        var box = new byte[1 + NonceLength + TagLength + plain.Length];
        box[0] = Version;
        var nonce = box.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(sealing, TagLength);
        aes.Encrypt(
            nonce,
            plain,
            box.AsSpan(1 + NonceLength + TagLength),
            box.AsSpan(1 + NonceLength, TagLength),
            Encoding.UTF8.GetBytes(of)
        );
        return box;
    }

    /// <summary>What was sealed for that submission.</summary>
    /// <exception cref="CryptographicException">Another key sealed it, it belongs to another submission, or it was altered.</exception>
    public PrivateContent Open(string cipher, string submissionId)
    {
        var plain = Open(Convert.FromBase64String(cipher), submissionId);
        using var stream = new DeflateStream(new MemoryStream(plain), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<PrivateContent>(stream, DocumentJson.Options)!;
    }

    /// <summary>What was sealed for whatever that is the name of.</summary>
    /// <exception cref="CryptographicException">Another key sealed it, it belongs to something else, or it was altered.</exception>
    public byte[] Open(byte[] box, string of)
    {
        if (box.Length < 1 + NonceLength + TagLength || box[0] != Version)
            throw new CryptographicException("The sealed record has no known version.");
        var plain = new byte[box.Length - 1 - NonceLength - TagLength];
        using var aes = new AesGcm(sealing, TagLength);
        aes.Decrypt(
            box.AsSpan(1, NonceLength),
            box.AsSpan(1 + NonceLength + TagLength),
            box.AsSpan(1 + NonceLength, TagLength),
            plain,
            Encoding.UTF8.GetBytes(of)
        );
        return plain;
    }

    private static byte[] Compressed(byte[] json)
    {
        using var stream = new MemoryStream();
        using (var deflate = new DeflateStream(stream, CompressionLevel.Optimal))
            deflate.Write(json);
        return stream.ToArray();
    }

    /// <summary>
    /// The receipt code of what a station sent under a key: 80 bits that only the vault's key can derive, as
    /// <c>XXXX-XXXX-XXXX-XXXX</c>.
    /// </summary>
    public string Receipt(string station, string key)
    {
        var letters = SubmissionId.Encode(Derive("receipt", $"{station}\n{key}"), 16);
        return string.Join('-', letters.Chunk(4).Select(c => new string(c)));
    }

    /// <summary>
    /// Tells reporters of one issue apart: the same for the same telephone (else name and station) in the same issue,
    /// unrelated in any other. Null where nothing is known of the reporter.
    /// </summary>
    public string? ReporterTag(string issueId, Reporter? reporter, string station)
    {
        var phone = string.Concat(
            OpinionPipeline
                .Text.Normalization.Normalize(reporter?.Phone ?? "")
                .Where(char.IsAsciiDigit)
        );
        if (phone.Length > 11 && phone.StartsWith("86", StringComparison.Ordinal))
            phone = phone[2..];
        var who =
            phone.Length > 0 ? phone
            : string.IsNullOrWhiteSpace(reporter?.Name) ? null
            : $"{reporter.Name.Trim()}\n{station}";
        return who is null
            ? null
            : SubmissionId.Encode(Derive("reporter", $"{issueId}\n{who}"), 12);
    }

    private byte[] Derive(string purpose, string value) =>
        HMACSHA256.HashData(deriving, Encoding.UTF8.GetBytes($"{purpose}\n{value}"));
}
