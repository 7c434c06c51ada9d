using OpinionPipeline.Pipeline.Audit;
using OpinionPipeline.Web.Access;

namespace OpinionPipeline.Web.Pages;

/// <summary>Sets down what a person changes on a page, under the route by which the API does the same.</summary>
public sealed class Deeds(AuditLog audit, IHttpContextAccessor http)
{
    /// <summary>Sets it down; call it once the change has been made.</summary>
    /// <param name="what">The API's route: <c>POST /api/v1/forums/{id}/items</c>.</param>
    /// <param name="subject">The ids in it, joined by slashes.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task SetDownAsync(string what, string subject, CancellationToken cancellation) =>
        audit.WriteAsync(http.HttpContext!.User.Account(), what, subject, null, cancellation);
}
