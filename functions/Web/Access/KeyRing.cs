using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using OpinionPipeline.Pipeline.Files;

namespace OpinionPipeline.Web.Access;

/// <summary>
/// The keys that seal cookies and forms, among the files: whoever is signed in stays so after a restart and on every
/// instance.
/// </summary>
internal sealed class KeyRing(IFileStore files) : IXmlRepository
{
    /// <summary>Keeps the keys there.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("OpinionPipeline");
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<IFileStore>((o, files) => o.XmlRepository = new KeyRing(files));
    }

    // The framework asks once a day and has no other way to ask.
    public IReadOnlyCollection<XElement> GetAllElements() => ReadAsync().GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName)
    {
        using var content = new MemoryStream();
        element.Save(content);
        content.Position = 0;
        files
            .WriteAsync(Folders.WebKeys, friendlyName + ".xml", content, CancellationToken.None)
            .GetAwaiter()
            .GetResult();
    }

    private async Task<List<XElement>> ReadAsync()
    {
        var elements = new List<XElement>();
        foreach (var name in await files.ListAsync(Folders.WebKeys, CancellationToken.None))
        {
            await using var stream = await files.OpenAsync(
                Folders.WebKeys,
                name,
                CancellationToken.None
            );
            if (stream is not null)
                elements.Add(
                    await XElement.LoadAsync(stream, LoadOptions.None, CancellationToken.None)
                );
        }
        return elements;
    }
}
