export { healthRoutes as health } from "./routes";
