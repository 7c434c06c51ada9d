using System.Security.Claims;
using OpinionPipeline.Pipeline.Access;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Pages;

/// <summary>The main navigation: which pages an account is shown, and where it begins. What it may do, the pages' policies say.</summary>
internal static class Menu
{
    private static readonly (MenuItem Item, Role[] Roles)[] Items =
    [
        (new("/", "概况", "Overview"), [Role.Committee, Role.Trainer]),
        (new("/submit", "反映", "Submit"), [Role.Station, Role.Committee]),
        (new("/mine", "我的来件", "My submissions"), [Role.Station]),
        (new("/import", "批量导入", "Import"), [Role.Station, Role.Committee]),
        (new("/forums", "恳谈会", "Forums"), [Role.Station, Role.Committee]),
        (new("/submissions", "来件", "Submissions"), [Role.Committee, Role.Trainer]),
        (new("/issues", "议题", "Issues"), [Role.Committee, Role.Trainer]),
        (new("/recurring", "共性问题", "Recurring"), [Role.Committee]),
        (new("/desk", "办理", "Desk"), [Role.Office, Role.Committee]),
        (new("/handbacks", "退回", "Handed back"), [Role.Committee]),
        (new("/digests", "摘编", "Digests"), [Role.Office, Role.Committee]),
        (new("/reports", "专报", "Reports"), [Role.Committee]),
        (new("/account", "通报", "Account"), [Role.Committee]),
        (new("/labels", "标注", "Labels"), [Role.Committee, Role.Trainer]),
        (new("/models", "模型", "Models"), [Role.Committee, Role.Trainer]),
        (new("/admin", "管理", "Administration"), [Role.Admin]),
    ];

    /// <summary>The entries an account is shown, in their order.</summary>
    public static IEnumerable<MenuItem> For(ClaimsPrincipal user) =>
        Items
            .Where(i =>
                user.Is(i.Roles)
                // An administrator stands for no station and no office, and is shown the rest.
                || user.Is(Role.Admin) && i.Roles.Any(r => r is not (Role.Station or Role.Office))
            )
            .Select(i => i.Item);

    /// <summary>Where an account begins.</summary>
    public static string Home(ClaimsPrincipal? user) =>
        user is null ? "/"
        : user.Is(Role.Station) ? "/submit"
        : user.Is(Role.Office) ? "/desk"
        : "/";
}

/// <summary>An entry of the navigation.</summary>
internal sealed record MenuItem(string Href, string Zh, string En);
