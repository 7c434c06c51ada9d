using System.CommandLine;

namespace OpinionPipeline.Local.Verbs;

/// <summary><c>serve</c>: API, pages and the queue's worker in one process.</summary>
internal static class Serve
{
    public static void Add(RootCommand root, Option<string> data)
    {
        root.SetAction((_, _) => Task.FromResult(0));
    }
}
