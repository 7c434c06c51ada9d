using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OpinionPipeline.Local.Tests.Servers;

namespace OpinionPipeline.Local.Tests.Api;

/// <summary>The whole loop on a server of its own: labels, training, gate, promotion, the way back.</summary>
public sealed class ModelTests : IAsyncLifetime
{
    // Matters that the seeds know nothing of, in words of their own.
    private static readonly (string Code, string[] Words)[] Matters =
    [
        ("05", ["珧琲琭", "瑱璐璘", "琚瑭璁", "玭琇瑢", "璆瑀琤"]),
        ("04", ["騠驎骢", "骅骝骐", "驺驵骎", "骕骦骃", "骓骙骠"]),
        ("06", ["鲻鲹鲩", "鳊鳙鲮", "鲳鲷鲡", "鲥鲭鲼", "鲛鲗鲟"]),
    ];

    private readonly string data = Directory.CreateTempSubdirectory("op-models-").FullName;
    private LocalServer server = null!;
    private HttpClient station = null!;
    private HttpClient trainer = null!;
    private HttpClient admin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var station = await LocalServer.KeyAsync(data, Token, "--station", "T04S01");
        var trainer = await LocalServer.KeyAsync(data, Token, "--role", "trainer");
        var admin = await LocalServer.KeyAsync(data, Token, "--role", "admin");
        server = await LocalServer.StartAsync(data, Token);
        this.station = server.Client(station);
        this.trainer = server.Client(trainer);
        this.admin = server.Client(admin);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Labels_make_a_better_model_which_is_promoted_judges_at_once_and_is_taken_back()
    {
        await LabelAllAsync(360);
        var before = await SubmitAsync(Text(Matters[1].Words, 9001));

        var asked = await trainer.PostAsync("/api/v1/models/train", null, Token);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        var id = (await JsonAsync(asked)).GetProperty("id").GetString()!;
        Assert.Equal("m0002", id);
        var second = await trainer.PostAsync("/api/v1/models/train", null, Token);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal(
            "training.underWay",
            (await JsonAsync(second)).GetProperty("code").GetString()
        );
        // Submissions do not wait for the training.
        Assert.Equal("m0001", (await SubmitAsync("河堤上的护栏倒了一段")).Version);

        var model = await OverAsync(id);
        Assert.Equal("ready", model.GetProperty("status").GetString());
        var comparison = model.GetProperty("comparison");
        Assert.True(comparison.GetProperty("promotable").GetBoolean(), comparison.GetRawText());
        Assert.Equal("m0001", comparison.GetProperty("with").GetString());
        Assert.True(comparison.GetProperty("test").GetProperty("low").GetDouble() > 0);
        Assert.NotEqual(0, comparison.GetProperty("changed").GetArrayLength());

        var promoted = await trainer.PostAsync($"/api/v1/models/{id}/promote", null, Token);
        Assert.Equal(HttpStatusCode.OK, promoted.StatusCode);
        var after = await SubmitAsync(Text(Matters[1].Words, 9002));
        Assert.Equal(("m0002", "04"), (after.Version, after.Category));
        Assert.Equal("m0001", before.Version);

        var back = await trainer.PostAsync("/api/v1/models/rollback", null, Token);
        Assert.Equal("m0001", (await JsonAsync(back)).GetProperty("inForce").GetString());
        Assert.Equal("m0001", (await SubmitAsync(Text(Matters[2].Words, 9003))).Version);
        var further = await trainer.PostAsync("/api/v1/models/rollback", null, Token);
        Assert.Equal("rollback.none", (await JsonAsync(further)).GetProperty("code").GetString());

        // The same labels once more: no better than what is in force, if that is promoted again.
        await trainer.PostAsync($"/api/v1/models/{id}/promote", null, Token);
        var third = (await JsonAsync(await trainer.PostAsync("/api/v1/models/train", null, Token)))
            .GetProperty("id")
            .GetString()!;
        await OverAsync(third);
        var refused = await trainer.PostAsync($"/api/v1/models/{third}/promote", null, Token);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("gate.notBetter", (await JsonAsync(refused)).GetProperty("code").GetString());
        var forced = $"/api/v1/models/{third}/promote?force=true";
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await trainer.PostAsync(forced, null, Token)).StatusCode
        );
        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync(forced, null, Token)).StatusCode);
        var audit = await admin.GetStringAsync($"/api/v1/admin/audit?subject={third}", Token);
        Assert.Contains("model.promote.forced", audit, StringComparison.Ordinal);

        var drift = (
            await trainer.GetFromJsonAsync<JsonElement>("/api/v1/models/drift", Token)
        ).GetProperty("items")[0];
        Assert.Equal(360, drift.GetProperty("labels").GetInt32());
        Assert.InRange(drift.GetProperty("agreement").GetDouble(), 0, 0.7);
    }

    [Fact]
    public async Task A_training_can_be_cancelled_and_one_that_a_crash_cut_short_is_finished_after_the_restart()
    {
        var first = await StartAsync();
        var cancelled = await trainer.PostAsync($"/api/v1/models/{first}/cancel", null, Token);
        Assert.Equal("cancelled", (await JsonAsync(cancelled)).GetProperty("status").GetString());
        Assert.Equal("cancelled", (await OverAsync(first)).GetProperty("status").GetString());

        var second = await StartAsync();
        while (await StatusAsync(second) == "queued")
            await Task.Delay(20, Token);
        await server.KillAsync();
        var key = trainer.DefaultRequestHeaders.Authorization!.Parameter;
        server = await LocalServer.StartAsync(data, Token);
        trainer = server.Client(key);
        var model = await OverAsync(second);
        Assert.Equal("ready", model.GetProperty("status").GetString());
        // Nothing is held out without labels, so nothing says that it is better.
        var refused = await trainer.PostAsync($"/api/v1/models/{second}/promote", null, Token);
        Assert.Equal(
            "gate.holdoutSmall",
            (await JsonAsync(refused)).GetProperty("code").GetString()
        );
    }

    private async Task<string> StartAsync() =>
        (await JsonAsync(await trainer.PostAsync("/api/v1/models/train", null, Token)))
            .GetProperty("id")
            .GetString()!;

    private async Task LabelAllAsync(int count)
    {
        var rows = new StringBuilder("id,body\n");
        for (var i = 0; i < count; i++)
            rows.Append(i).Append(',').Append(Text(Matters[i % 3].Words, i)).Append('\n');
        var batch = await station.PostAsync(
            "/api/v1/submissions/batch",
            new StringContent(rows.ToString(), Encoding.UTF8, "text/csv"),
            Token
        );
        Assert.Equal(HttpStatusCode.Accepted, batch.StatusCode);
        for (var known = new HashSet<string>(); known.Count < count; )
        {
            var next = await trainer.GetFromJsonAsync<JsonElement>(
                "/api/v1/labels/next?n=100",
                Token
            );
            foreach (var item in next.GetProperty("items").EnumerateArray())
            {
                var (id, body) = (
                    item.GetProperty("id").GetString()!,
                    item.GetProperty("body").GetString()!
                );
                var matter = Matters.First(m => m.Words.Any(w => body.Contains(w)));
                var answer = await trainer.PostAsJsonAsync(
                    "/api/v1/labels",
                    new { submissionId = id, category = matter.Code },
                    Token
                );
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                known.Add(id);
            }
        }
    }

    // Each in random words besides, so that none nearly repeats another.
    private static string Text(string[] words, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (var i = 0; i < 5; i++)
        {
            text.Append(words[random.Next(words.Length)]);
            for (var j = 0; j < 5; j++)
                text.Append((char)random.Next(0x4E00, 0x9000));
        }
        return text.ToString();
    }

    private async Task<(string? Version, string? Category)> SubmitAsync(string body)
    {
        var answer = await station.PostAsJsonAsync("/api/v1/submissions", new { body }, Token);
        var id = (await JsonAsync(answer)).GetProperty("id").GetString()!;
        var submission = await ApiServer.ProcessedAsync(station, id, Token);
        return (
            submission.GetProperty("modelVersion").GetString(),
            submission.GetProperty("category").GetProperty("code").GetString()
        );
    }

    private async Task<string?> StatusAsync(string id) =>
        (await trainer.GetFromJsonAsync<JsonElement>($"/api/v1/models/{id}", Token))
            .GetProperty("status")
            .GetString();

    private async Task<JsonElement> OverAsync(string id)
    {
        while (await StatusAsync(id) is "queued" or "training" or "evaluating")
            await Task.Delay(100, Token);
        return await trainer.GetFromJsonAsync<JsonElement>($"/api/v1/models/{id}", Token);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
}
