/** Two rows of jacks and the cable between them. */
export const Logo = ({ className = "size-7" }: { className?: string }) => (
  <svg viewBox="0 0 64 64" aria-hidden className={className}>
    <rect width="64" height="64" rx="14" className="fill-[#17181a] stroke-line" />
    <g fill="none" stroke="#8b8d92" strokeWidth="4">
      <circle cx="20" cy="20" r="6" />
      <circle cx="44" cy="44" r="6" />
    </g>
    <g className="fill-cable">
      <circle cx="44" cy="20" r="7" />
      <circle cx="20" cy="44" r="7" />
    </g>
    <path
      d="M44 20c0 18-24 6-24 24"
      fill="none"
      strokeWidth="5"
      strokeLinecap="round"
      className="stroke-cable"
    />
  </svg>
);
