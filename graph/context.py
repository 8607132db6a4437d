"""What belongs to one request: how its root fields are planned, and the loader that answers them."""

from collections.abc import Callable
from dataclasses import dataclass

from .feature_catalog import Features, FeatureSource
from .loader import OperationLoader
from .planner import Planner
from .selection import Operation


@dataclass(frozen=True)
class RequestContext:
    """Passed to resolvers as `info.context`."""

    planner: Callable[[Features, Operation], Planner]
    loader: OperationLoader
    features: FeatureSource
