"""Every address of the project, read from the URLconf: a new one joins the walk by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import LocalePrefixPattern, RegexPattern, RoutePattern

Pattern = RoutePattern | RegexPattern | LocalePrefixPattern


@dataclass(frozen=True)
class Address:
    """One pattern. `name` carries its namespaces; without a name it is that of its view."""

    name: str
    route: str
    parameters: tuple[str, ...]

    @property
    def namespace(self) -> str:
        """« jury » for « jury:review »; empty for what belongs to no app."""
        return self.name.rpartition(":")[0]

    def url(self, arguments: Mapping[str, Any]) -> str:
        """The address with these arguments, those that it does not take left out."""
        wanted = {name: arguments[name] for name in self.parameters}
        if self.name in get_names():
            return reverse(self.name, kwargs=wanted)
        filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(wanted[match[1]]), self.route)
        return f"/{filled}"


@cache
def every_address() -> dict[str, Address]:
    """By name. Of two patterns of the same route, the first one answers: the other is unreachable.

    Two routes under one name are told apart by their parameters.
    """
    found: dict[str, Address] = {}
    routes: set[str] = set()
    for address in _walk(get_resolver(), namespace="", route="", parameters=()):
        if address.route in routes:
            continue
        routes.add(address.route)
        name = address.name
        if name in found:
            name = f"{name}({', '.join(address.parameters)})"
        found[name] = address
    return found


@cache
def get_names() -> frozenset[str]:
    """The names that `reverse` knows."""
    return frozenset(_names(get_resolver(), namespace=""))


def _walk(
    resolver: URLResolver, *, namespace: str, route: str, parameters: tuple[str, ...]
) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        own_route = route + str(pattern.pattern)
        own_parameters = (*parameters, *_parameters(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _walk(
                pattern,
                namespace=_deeper(namespace, pattern),
                route=own_route,
                parameters=own_parameters,
            )
        else:
            name = pattern.name or pattern.callback.__name__
            yield Address(namespace + name, own_route, own_parameters)


def _names(resolver: URLResolver, *, namespace: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, namespace=_deeper(namespace, pattern))
        elif pattern.name:
            yield namespace + pattern.name


def _deeper(namespace: str, resolver: URLResolver) -> str:
    return f"{namespace}{resolver.namespace}:" if resolver.namespace else namespace


def _parameters(pattern: Any) -> tuple[str, ...]:
    if isinstance(pattern, RegexPattern):
        return tuple(pattern.regex.groupindex)
    return tuple(pattern.converters)


__all__ = ["Address", "URLPattern", "every_address"]
