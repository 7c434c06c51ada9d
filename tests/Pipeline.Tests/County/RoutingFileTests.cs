using OpinionPipeline.Pipeline.County;

namespace OpinionPipeline.Pipeline.Tests.County;

public sealed class RoutingFileTests
{
    private static readonly CountyDirectory County = CountyFiles.Load(Seeds.Folder());

    [Fact]
    public void The_longest_code_decides_and_what_has_no_rule_goes_to_the_last_office()
    {
        var rules = RoutingFile.Read("category,office\n01,O01\n0101,O23\n", County).Value;
        Assert.Equal(["0101", "01"], rules.Rules.Select(r => r.Category));
        Assert.Equal("O23", rules.OfficeFor("010103"));
        Assert.Equal("O01", rules.OfficeFor("0102"));
        Assert.Equal(County.Offices[^1].Code, rules.OfficeFor("02"));
        Assert.Equal(County.Offices[^1].Code, rules.OfficeFor(null));
    }

    [Fact]
    public void Every_fault_names_its_line()
    {
        var read = RoutingFile.Read("category,office\n99,O01\n01,X99\n02,O01\n02,O02\n", County);
        Assert.Equal(["Line 2:", "Line 3:", "Line 5:"], read.Rejections.Select(r => r.En[..7]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("只是几个字")]
    [InlineData("category,office\n01\n")]
    [InlineData("category\n01\n")]
    public void What_is_no_such_file_is_refused(string text) =>
        Assert.Equal(
            "routing.unreadable",
            Assert.Single(RoutingFile.Read(text, County).Rejections).Code
        );
}
