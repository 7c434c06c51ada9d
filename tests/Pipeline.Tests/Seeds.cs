namespace OpinionPipeline.Pipeline.Tests;

/// <summary>The repository's own seeds.</summary>
internal static class Seeds
{
    public static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "OpinionPipeline.sln")))
            folder = folder.Parent;
        return Path.Combine(folder.FullName, "seeds");
    }
}
