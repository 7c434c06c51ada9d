using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using OpinionPipeline.Pipeline.Files;

namespace OpinionPipeline.Web.Pages.Submitting;

/// <summary>
/// A file between the look at it and its taking: encrypted, for its account alone, and gone after two hours.
/// </summary>
public sealed class Uploads(IFileStore files, IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>Most bytes that a page takes; larger files go through the API.</summary>
    public const int MostBytes = 10 << 20;

    private static readonly TimeSpan Life = TimeSpan.FromHours(2);

    /// <summary>Puts a file aside.</summary>
    /// <returns>The name to ask for it by.</returns>
    public async Task<string> KeepAsync(
        byte[] content,
        string account,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        await files.DeletePassedAsync(Folders.Uploads, now, cancellation);
        var name = PassingFiles.Name(
            now + Life,
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))
        );
        using var closed = new MemoryStream(Protector(account).Protect(content));
        await files.WriteAsync(Folders.Uploads, name, closed, cancellation);
        return name;
    }

    /// <summary>The file, or null where it is gone or another account's.</summary>
    public async Task<byte[]?> FindAsync(
        string? name,
        string account,
        CancellationToken cancellation
    )
    {
        if (name is null || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            return null;
        await using var stream = await files.OpenAsync(Folders.Uploads, name, cancellation);
        if (stream is null)
            return null;
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, cancellation);
        try
        {
            return Protector(account).Unprotect(content.ToArray());
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Away with it.</summary>
    public Task DropAsync(string name, CancellationToken cancellation) =>
        files.DeleteAsync(Folders.Uploads, name, cancellation);

    private IDataProtector Protector(string account) =>
        protection.CreateProtector("uploads", account);
}
