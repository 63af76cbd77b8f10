"""Gas and liquid in one pipe: how much liquid stays behind, and what pressure the flow costs.

One module an author. Each has a ``gradient(stream, diameter, angle, roughness)``: the pressure lost per length in the
direction of flow, weight and friction together, for a :class:`~plant.physics.multiphase.stream.Stream` of any shape;
:data:`~plant.physics.multiphase.traverse.GRADIENTS` names them all. The angle is that of the flow above the
horizontal, so a flow that runs down a well has a negative one, and speeds are never negative.
"""
