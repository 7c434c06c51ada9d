using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Pipeline.County;

namespace OpinionPipeline.Web.Pages;

/// <summary>The two languages of the pages: Chinese, and English for whoever asks by <c>?lang=en</c>, remembered in a cookie.</summary>
public sealed class Words(IHttpContextAccessor http)
{
    private const string Cookie = "lang";

    /// <summary>True where the reader chose English.</summary>
    public bool English { get; } = Choose(http.HttpContext!);

    /// <summary>The text in the reader's language.</summary>
    public string this[string zh, string en] => English ? en : zh;

    /// <summary>A day in the county's time.</summary>
    public string Day(DateTimeOffset time) =>
        English ? $"{time.ToOffset(LocalTime.Offset):yyyy-MM-dd}" : LocalTime.Day(time);

    /// <summary>A day of the calendar.</summary>
    public string Day(DateOnly day) =>
        Day(new DateTimeOffset(day, new TimeOnly(12, 0), LocalTime.Offset));

    /// <summary>A moment in the county's time.</summary>
    public static string Moment(DateTimeOffset time) =>
        $"{time.ToOffset(LocalTime.Offset):yyyy-MM-dd HH:mm}";

    public string Name(Role role) =>
        role switch
        {
            Role.Station => this["联络站", "Station"],
            Role.Office => this["承办单位", "Office"],
            Role.Committee => this["政协办公室", "Committee"],
            Role.Trainer => this["模型维护", "Trainer"],
            _ => this["管理员", "Administrator"],
        };

    public string Name(Category? category) =>
        category is null ? this["未分类", "Unclassified"]
        : English ? category.NameEn
        : category.Name;

    /// <summary>A category's name, and above it those of the categories it belongs to, the first level first.</summary>
    public string Path(CountyDirectory county, string? code) =>
        county.Category(code) is not { } category ? Name((Category?)null)
        : category.Parent is { } above ? $"{Path(county, above)} › {Name(category)}"
        : Name(category);

    public string Name(Office? office) =>
        office is null ? "–"
        : English ? office.NameEn
        : office.Name;

    public string Name(Station? station) =>
        station is null ? "–"
        : English ? station.NameEn
        : station.Name;

    private static bool Choose(HttpContext context)
    {
        var asked = context.Request.Query["lang"].ToString();
        if (asked is "zh" or "en")
            context.Response.Cookies.Append(
                Cookie,
                asked,
                new CookieOptions { SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365) }
            );
        else
            asked = context.Request.Cookies[Cookie];
        return asked == "en";
    }
}
