using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Engagement.Engage.Surge;

/// <summary>Tokens of the roles that a run needs.</summary>
/// <param name="Ingest">Sends events.</param>
/// <param name="Watch">Opens desks and reads how far the log is: <c>auditor</c>.</param>
/// <param name="Admin">Publishes the run's documents on an empty engine; null where they are there already.</param>
internal sealed record SurgeTokens(string Ingest, string Watch, string? Admin);

/// <summary>What a run asks of the engine besides taking events.</summary>
internal sealed class SurgeEngine(Uri address, SurgeTokens tokens) : IDisposable
{
    private const int SettleSeconds = 120;

    private readonly HttpClient http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(SettleSeconds + 30) };

    private sealed record Progress(long Appended, bool Settled);

    /// <summary>Publishes organisation and catalogue on an empty engine: the run counts what they make it raise.</summary>
    /// <exception cref="CommandException">It has others.</exception>
    public async Task Prepare(CancellationToken cancellation)
    {
        List<string> missing = [];
        foreach (var name in (string[])["organisation", "catalogue"])
        {
            if (!await Has(name, cancellation))
            {
                missing.Add(name);
            }
        }

        foreach (var name in missing)
        {
            var admin = tokens.Admin ?? throw new CommandException($"--admin-token-file: the engine has no {name} yet.");
            using var content = new StringContent(Resource.Text($"Surge.{name}.yaml"), Encoding.UTF8, new MediaTypeHeaderValue("application/yaml"));
            using var published = await Send(new(HttpMethod.Put, $"/v1/{name}") { Content = content }, admin, cancellation);
        }
    }

    /// <returns>False: it has none.</returns>
    private async Task<bool> Has(string name, CancellationToken cancellation)
    {
        using var answer = await Send(new(HttpMethod.Get, $"/v1/{name}"), tokens.Watch, cancellation);
        var current = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        return current.GetProperty("version").GetInt64() > 0
            && (current.GetProperty("document").ToString() == Resource.Text($"Surge.{name}.yaml")
                ? true
                : throw new CommandException($"--url: the engine has a {name} of its own; surge runs on an empty one."));
    }

    /// <summary>Waits until nothing is on its way.</summary>
    /// <returns>Records in the log.</returns>
    public async Task<long> Settle(CancellationToken cancellation)
    {
        using var answer = await Send(new(HttpMethod.Get, $"/v1/progress?wait={SettleSeconds}"), tokens.Watch, cancellation);
        var progress = await answer.Content.ReadFromJsonAsync<Progress>(cancellation);
        return progress is { Settled: true } ? progress.Appended : throw new CommandException($"--url: the engine did not settle within {SettleSeconds} s.");
    }

    /// <returns>Records in the log; null where it does not settle or does not answer.</returns>
    public async Task<long?> TrySettle(CancellationToken cancellation)
    {
        try
        {
            return await Settle(cancellation);
        }
        catch (Exception e) when (e is CommandException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> Send(HttpRequestMessage request, string token, CancellationToken cancellation)
    {
        using (request)
        {
            request.Headers.Authorization = new("Bearer", token);
            try
            {
                var answer = await http.SendAsync(request, cancellation);
                return answer.IsSuccessStatusCode ? answer
                    : throw new CommandException($"--url: {request.Method} {request.RequestUri}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellation)}");
            }
            catch (HttpRequestException lost)
            {
                throw new CommandException($"--url: {address} does not answer: {lost.HttpRequestError}.");
            }
        }
    }
}
