using OpinionPipeline.Text;

namespace OpinionPipeline.Text.Tests;

public sealed class MinHashTests
{
    [Fact]
    public void Texts_of_which_four_fifths_agree_nearly_always_share_a_band()
    {
        var random = new Random(7);
        var found = 0;
        for (var trial = 0; trial < 300; trial++)
        {
            var all = Enumerable.Range(0, 120).Select(_ => (ulong)random.NextInt64()).ToList();
            ulong[] a = [.. all.Take(108).Order()];
            ulong[] b = [.. all.Skip(12).Order()];
            Assert.InRange(Shingles.Jaccard(a, b), 0.79, 0.81);
            if (MinHash.Bands(a).Zip(MinHash.Bands(b)).Any(p => p.First == p.Second))
                found++;
        }
        Assert.True(found >= 297, $"{found} of 300");
    }

    [Fact]
    public void Texts_that_share_nothing_share_no_band()
    {
        var a = Shingles.Of("双石桥桥面开裂需要抢修");
        var b = Shingles.Of("自来水发黄一个多月没有人管");
        Assert.DoesNotContain(MinHash.Bands(a), MinHash.Bands(b).Contains);
    }
}
