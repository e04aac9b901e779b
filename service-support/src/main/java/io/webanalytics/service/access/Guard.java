package io.webanalytics.service.access;

import io.webanalytics.sites.Access;
import io.webanalytics.sites.Grants;
import io.webanalytics.sites.Permission;
import io.webanalytics.sites.Site;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Tells what the caller of the present request may do. */
public final class Guard {

    private final Access access;
    private final CurrentRegistry registry;

    Guard(Access access, CurrentRegistry registry) {
        this.access = access;
        this.registry = registry;
    }

    /** Returns who may use the system. */
    public Access access() {
        return access;
    }

    /** Returns the caller; null if it is not known. */
    public @Nullable Caller caller() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller caller ? caller : null;
    }

    /** Returns the caller; null if it is not known, or cannot be told now. */
    public @Nullable Caller callerIfKnown() {
        try {
            return caller();
        } catch (CannotTellException e) {
            return null;
        }
    }

    /** Whether the caller may do something on a site. Where access is open, everybody may. */
    public boolean allows(Permission permission, String siteId) {
        return access == Access.OPEN || allows(caller(), permission, siteId);
    }

    /** Whether the caller may do something on a site, however open access is: so it is for what hands out access. */
    public boolean allowsEvenIfOpen(Permission permission, String siteId) {
        return allows(caller(), permission, siteId);
    }

    private boolean allows(@Nullable Caller caller, Permission permission, String siteId) {
        return caller != null && caller.grants().allow(permission, siteId)
                || permission == Permission.READ && isPublic(siteId);
    }

    private boolean isPublic(String siteId) {
        Site site = registry.get().site(siteId);
        return site != null && site.isPublic();
    }

    /** Whether the caller may operate the installation. Who cannot be told now may not: health must not depend on it. */
    public boolean allowsToOperate() {
        return access == Access.OPEN || allows(callerIfKnown(), Permission.MANAGE, Grants.ALL_SITES);
    }

    /** Returns the exception with which to refuse the caller: one to identify itself, or one that it may not. */
    public RuntimeException refusal() {
        return caller() == null
                ? new InsufficientAuthenticationException("The caller is not known.")
                : new AccessDeniedException("The caller may not.");
    }

    /**
     * Whether a request has what it needs.
     *
     * @param siteId the site that the request names; null for none, which its controller will refuse
     */
    boolean satisfies(Need need, @Nullable String siteId) {
        Caller caller = caller();
        return switch (need) {
            case NOTHING -> true;
            case CALLER -> caller != null;
            case WRITE -> caller != null && caller.grants().allowSomewhere(Permission.WRITE);
            case READ ->
                siteId == null
                        ? caller != null && caller.grants().allowSomewhere(Permission.READ)
                        : allows(caller, Permission.READ, siteId);
            case MANAGE -> allows(caller, Permission.MANAGE, siteId == null ? Grants.ALL_SITES : siteId);
            case OPERATE -> allows(caller, Permission.MANAGE, Grants.ALL_SITES);
        };
    }
}
