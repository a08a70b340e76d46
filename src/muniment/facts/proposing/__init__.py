"""How a mapping is proposed, step by step; `propose` goes through them."""
