using Engagement.Domain.Organisation;

namespace Engagement.Gateway.Security;

/// <summary>Which roles an endpoint takes; others get 403 and a token without a known role too.</summary>
public static class Roles
{
    public static TBuilder For<TBuilder>(this TBuilder builder, Func<Role, bool> may)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter(async (context, next) =>
            context.HttpContext.User.Principal() is { } who && may(who.Role) ? await next(context) : Problems.Forbidden());
}
