"""From the globe to the plane: Lambert-93 for the métropole, Mercator for an island or two.

Both are conformal: a coast keeps its shape. Degrees in, metres out, y to the north.
"""

from math import asinh, atanh, cos, exp, log, pi, radians, sin, sqrt, tan

Metres = tuple[float, float]

# The ellipsoid GRS 80, and the definition of Lambert-93 by the IGN.
SEMI_MAJOR_AXIS = 6_378_137.0  # metres
ECCENTRICITY = sqrt(0.006_694_380_022_90)
FIRST_PARALLEL, SECOND_PARALLEL = radians(44), radians(49)
ORIGIN_LATITUDE, ORIGIN_LONGITUDE = radians(46.5), radians(3)
FALSE_EASTING, FALSE_NORTHING = 700_000.0, 6_600_000.0  # metres


def _isometric(latitude: float) -> float:
    """The latitude, in radians, stretched as a conformal map needs it."""
    return log(tan(pi / 4 + latitude / 2)) - ECCENTRICITY * atanh(ECCENTRICITY * sin(latitude))


def _parallel_radius(latitude: float) -> float:
    """In metres, from the axis of the earth."""
    return SEMI_MAJOR_AXIS * cos(latitude) / sqrt(1 - (ECCENTRICITY * sin(latitude)) ** 2)


CONE = log(_parallel_radius(FIRST_PARALLEL) / _parallel_radius(SECOND_PARALLEL)) / (
    _isometric(SECOND_PARALLEL) - _isometric(FIRST_PARALLEL)
)
APEX = _parallel_radius(FIRST_PARALLEL) * exp(CONE * _isometric(FIRST_PARALLEL)) / CONE


def _cone_radius(latitude: float) -> float:
    return APEX * exp(-CONE * _isometric(latitude))


def lambert93(longitude: float, latitude: float) -> Metres:
    """The legal projection of the métropole, true to scale at 44° and 49° north."""
    radius = _cone_radius(radians(latitude))
    angle = CONE * (radians(longitude) - ORIGIN_LONGITUDE)
    return (
        FALSE_EASTING + radius * sin(angle),
        FALSE_NORTHING + _cone_radius(ORIGIN_LATITUDE) - radius * cos(angle),
    )


def mercator(longitude: float, latitude: float) -> Metres:
    """On the sphere: enough for a département overseas, drawn at a scale of its own."""
    return (
        SEMI_MAJOR_AXIS * radians(longitude),
        SEMI_MAJOR_AXIS * asinh(tan(radians(latitude))),
    )
