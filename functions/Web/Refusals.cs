using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using OpinionPipeline.Pipeline;
using OpinionPipeline.Web.Api;
using OpinionPipeline.Web.Pages;

namespace OpinionPipeline.Web;

/// <summary>What is answered where no endpoint has an answer: a page to browsers, problem details to everybody else.</summary>
internal static class Refusals
{
    // Names the fault, tells nothing of the machine; the log has the rest.
    public static Task FaultAsync(HttpContext context)
    {
        var rejection = context.Features.Get<IExceptionHandlerFeature>()?.Error
            is BadHttpRequestException bad
            ? new Rejection("request.invalid", null, "请求无效。", bad.Message)
            {
                Status = bad.StatusCode,
            }
            : new Rejection(
                "server.fault",
                null,
                "服务器出错，请稍后再试。",
                "The server failed; try again later."
            )
            {
                Status = 500,
            };
        return AnswerAsync(context, rejection);
    }

    public static Task StatusAsync(HttpContext context)
    {
        var (zh, en) = context.Response.StatusCode switch
        {
            400 => (
                "这张表格已过时或不完整，请返回刷新后再试。",
                "The form is out of date or incomplete; go back, reload and try again."
            ),
            401 => ("缺少密钥或密钥无效。", "The key is missing or not valid."),
            403 => ("您的账户没有这项权限。", "Your account is not allowed to do this."),
            404 => ("没有这一页，或者没有这份内容。", "There is no such page or document."),
            405 => ("此地址不支持这种方法。", "This address does not take that method."),
            _ => ("请求未能完成。", "The request could not be completed."),
        };
        return AnswerAsync(
            context,
            new Rejection($"http.{context.Response.StatusCode}", null, zh, en)
            {
                Status = context.Response.StatusCode,
            }
        );
    }

    /// <summary>A page that refuses a form leaves an empty one; it is answered as any other refusal.</summary>
    public static async Task BareAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null })
            context.Response.ContentType = null;
    }

    private static async Task AnswerAsync(HttpContext context, Rejection rejection)
    {
        if (
            context.Request.Path.StartsWithSegments("/api")
            || !context.Request.Headers.Accept.ToString().Contains("text/html")
        )
        {
            await Problems.Of(rejection).ExecuteAsync(context);
            return;
        }
        // A page may have begun already and refused then; this one begins anew, with services of its own.
        var services = context.RequestServices;
        await using var scope = services.CreateAsyncScope();
        try
        {
            context.RequestServices = scope.ServiceProvider;
            context.Response.Headers.Remove("blazor-enhanced-nav");
            await new RazorComponentResult<Refusal>(new { Reason = rejection })
            {
                StatusCode = rejection.Status,
            }.ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = services;
        }
    }
}
