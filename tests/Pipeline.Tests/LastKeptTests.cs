namespace OpinionPipeline.Pipeline.Tests;

public sealed class LastKeptTests
{
    private readonly LastKept<string, string> kept = new(2);

    [Fact]
    public void What_was_put_first_goes_first()
    {
        foreach (var key in new[] { "a", "b", "c" })
            kept.Keep(key, key);
        Assert.Equal([null, "b", "c"], Found("a", "b", "c"));
    }

    [Fact]
    public void What_was_found_since_outlives_what_was_not()
    {
        kept.Keep("a", "a");
        kept.Keep("b", "b");
        kept.Find("a");
        kept.Keep("c", "c");
        Assert.Equal(["a", null, "c"], Found("a", "b", "c"));
    }

    [Fact]
    public void What_is_asked_for_once_displaces_nothing()
    {
        kept.Keep("a", "a");
        foreach (var key in new[] { "b", "c", "d", "d" })
            kept.KeepIfAskedAgain(key, key);
        Assert.Equal(["a", null, null, "d"], Found("a", "b", "c", "d"));
    }

    [Fact]
    public void What_was_asked_for_long_ago_was_not_asked_for()
    {
        foreach (var key in new[] { "a", "b", "c", "a" })
            kept.KeepIfAskedAgain(key, key);
        Assert.Equal([null], Found("a"));
    }

    [Fact]
    public void What_was_forgotten_is_gone_and_may_be_put_again()
    {
        kept.Keep("a", "before");
        kept.Forget("a");
        Assert.Equal([null], Found("a"));
        kept.Keep("a", "after");
        Assert.Equal(["after"], Found("a"));
        kept.Clear();
        Assert.Equal([null], Found("a"));
    }

    private IEnumerable<string?> Found(params string[] keys) => keys.Select(kept.Find);
}
